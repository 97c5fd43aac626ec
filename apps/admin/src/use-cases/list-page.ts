import { Refused } from '#http-edge';

const DEFAULT_LIMIT = 100;

export interface PageAsk {
  readonly after?: string | undefined;
  /** 1 to 100. */
  readonly limit?: number | undefined;
}

/** Oldest first; `next` goes on from there, null: that was all. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

interface Listed {
  readonly id: string;
  readonly createdAt: number;
}

/**
 * A page of what the control table holds. The cursor is a place in the order (time, id), not a thing: it stays good
 * when what it was made from is deleted.
 */
export function listPage<T extends Listed>(things: Iterable<T>, ask: PageAsk): ListPage<T> {
  const limit = ask.limit ?? DEFAULT_LIMIT;
  const ordered = [...things].sort(byAge);
  const after = ask.after === undefined ? undefined : decode(ask.after);
  const start = after === undefined ? 0 : ordered.findIndex((thing) => byAge(thing, after) > 0);
  const items = start === -1 ? [] : ordered.slice(start, start + limit);
  const last = items.at(-1);
  const more = last !== undefined && last !== ordered.at(-1);
  return { items, next: more ? encode(last) : null };
}

function byAge(a: Listed, b: Listed): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function encode({ createdAt, id }: Listed): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

function decode(cursor: string): Listed {
  const refused = new Refused(
    'invalid_cursor',
    'this cursor is not one of ours: take "next" as it was given',
  );
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused;
  }
  if (!Array.isArray(parts) || parts.length !== 2) throw refused;
  const [createdAt, id] = parts as unknown[];
  if (typeof createdAt !== 'number' || typeof id !== 'string') throw refused;
  return { createdAt, id };
}
