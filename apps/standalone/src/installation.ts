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

/** The operator's first key, made once. `given`: a key of the operator's own choosing. Null: there is one already. */
export async function ensureRootKey(
  control: FollowedControl,
  writer: ControlWriter,
  key: { readonly given: string | null; readonly random: Uint8Array; readonly id: string },
  now: number,
): Promise<string | null> {
  for (const known of control.table.keys()) if (known.tenantId === null) return null;
  const made =
    key.given === null ? newApiKey('hh_root_', key.random) : newApiKey(key.given, new Uint8Array());
  const { text, hash, prefix } = made;
  await writer.key(
    key.id,
    {
      type: 'create',
      keyId: key.id,
      tenantId: null,
      name: 'root',
      prefix: key.given === null ? prefix : text.slice(0, 8),
      hash,
      scopes: [...scopes],
      expiresAt: null,
      at: now,
    },
    'installation',
  );
  return text;
}
