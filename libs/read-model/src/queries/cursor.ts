import { ReadModelError } from '../read-model-error.ts';

/** Place in a list ordered by a time and then ids: epoch ms and the ids. */
export type Keyset = readonly [at: number, ...ids: readonly string[]];

/** Opaque to callers. `list` names the order it belongs to, so that a cursor of another list is refused. */
export function encodeCursor(list: string, keyset: Keyset): string {
  return Buffer.from(JSON.stringify([list, ...keyset])).toString('base64url');
}

/** Throws `invalid_cursor` on anything that {@link encodeCursor} did not write for this list. */
export function decodeCursor(
  list: string,
  cursor: string,
  isId: (id: string, index: number) => boolean = () => true,
): Keyset {
  const refused = new ReadModelError(
    'invalid_cursor',
    'this cursor is not one of this list: take "next" or "previous" of a page as it is',
  );
  if (cursor.length > 2_000) throw refused;
  const text = Buffer.from(cursor, 'base64url').toString();
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (!Array.isArray(parts)) throw refused;
  const [name, at, ...ids] = parts as unknown[];
  if (name !== list || typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8.64e15)
    throw refused;
  if (
    ids.length === 0 ||
    !ids.every((id, index) => typeof id === 'string' && !id.includes('\0') && isId(id, index))
  )
    throw refused;
  const keyset: Keyset = [at, ...(ids as string[])];
  // Base64 and JSON read more than they write: only the one spelling that was given out counts.
  if (encodeCursor(list, keyset) !== cursor) throw refused;
  return keyset;
}
