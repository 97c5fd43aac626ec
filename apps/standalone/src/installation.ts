import { scopes } from '#domain';
import { newApiKey, type ControlWriter, type FollowedControl } from '#control';
import { LogError, type Log } from '#log';

/** What was decided when the installation was created, and may not be decided otherwise later (R15). */
export interface InstallationWish {
  readonly partitions: number;
  readonly timeScale: number;
}

export class InstallationMismatch extends Error {
  override readonly name = 'InstallationMismatch';
}

/** Creates the installation on an empty log, or checks that the one there was created with the same numbers. */
export async function ensureInstallation(
  control: FollowedControl,
  writer: ControlWriter,
  wish: InstallationWish,
  now: number,
): Promise<'created' | 'found'> {
  const found = control.table.installation;
  if (found === undefined) {
    await writer.fact({ type: 'installation.created', ...wish, at: now }, 'installation');
    return 'created';
  }
  const differing = (['partitions', 'timeScale'] as const).filter((name) => found[name] !== wish[name]);
  if (differing.length > 0) throw mismatch(found, wish, differing);
  return 'found';
}

/** The log's topics; their number of partitions is the first thing that a wrong setting meets. */
export async function ensureTopics(log: Log, wish: InstallationWish): Promise<void> {
  try {
    await log.ensureTopics(wish.partitions);
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== 'topic_mismatch') throw error;
    const { length: partitions } = await log.endOffsets('events');
    throw mismatch({ ...wish, partitions }, wish, ['partitions']);
  }
}

const settingOf = { partitions: 'HYPERHOOK_PARTITIONS', timeScale: 'HYPERHOOK_TIME_SCALE' } as const;

function mismatch(
  found: InstallationWish,
  wish: InstallationWish,
  differing: readonly (keyof InstallationWish)[],
): InstallationMismatch {
  const list = differing
    .map((name) => `${settingOf[name]}=${found[name]} (asked for now: ${wish[name]})`)
    .join(', ');
  return new InstallationMismatch(
    `this installation was created with ${list}; start it with the same settings, or choose another data folder`,
  );
}

/** A first key to be made, if there is none. */
export interface FirstKeyWish {
  /** Of the operator's own choosing; null: one is made. */
  readonly given: string | null;
  /** 32 bytes. */
  readonly random: Uint8Array;
  readonly id: string;
  /** Keeps the key in clear for the operator to fetch, and gives where. */
  readonly keep: (text: string) => Promise<string>;
}

export interface FirstKey {
  readonly text: string;
  readonly file: string;
}

/**
 * The operator's first key, made once; null: there is one already. It is kept before it becomes good: a crash between
 * the two leaves a key that opens nothing and is replaced at the next start, never an installation without a known key.
 */
export async function ensureRootKey(
  control: FollowedControl,
  writer: ControlWriter,
  wish: FirstKeyWish,
  now: number,
): Promise<FirstKey | null> {
  for (const known of control.table.keys()) if (known.tenantId === null) return null;
  const { text, hash, prefix } =
    wish.given === null ? newApiKey('hh_root_', wish.random) : newApiKey(wish.given, new Uint8Array());
  const file = await wish.keep(text);
  await writer.key(
    wish.id,
    {
      type: 'create',
      keyId: wish.id,
      tenantId: null,
      name: 'root',
      prefix: wish.given === null ? prefix : text.slice(0, 8),
      hash,
      scopes: [...scopes],
      expiresAt: null,
      at: now,
    },
    'installation',
  );
  return { text, file };
}
