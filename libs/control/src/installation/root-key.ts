import { Rejected, scopes } from '#domain';
import type { ControlWriter } from '../commands/control-writer.ts';
import { newApiKey } from '../keys/api-key-text.ts';
import type { FollowedControl } from '../table/followed-control.ts';

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

export function hasRootKey(control: FollowedControl): boolean {
  for (const known of control.table.keys()) if (known.tenantId === null) return true;
  return false;
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
  if (hasRootKey(control)) return null;
  const { text, hash, prefix } =
    wish.given === null ? newApiKey('hh_root_', wish.random) : newApiKey(wish.given, new Uint8Array());
  const file = await wish.keep(text);
  try {
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
  } catch (error) {
    // Another copy of this process was faster, with the same id or the same text.
    if (error instanceof Rejected && hasRootKey(control)) return null;
    throw error;
  }
  return { text, file };
}
