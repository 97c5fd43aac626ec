import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { ReadModelError } from '../read-model-error.ts';
import { decodeCursor, encodeCursor, type Keyset } from './cursor.ts';

export const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 50;

/** Which page: `after` goes on towards older rows, `before` back towards newer ones; neither: the newest. */
export interface PageAsk {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  /** 1 to 100; 50. */
  readonly limit?: number | undefined;
}

/** Newest first. `next` (older) and `previous` (newer) are cursors; null: nothing there. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** The total order of a list: a time, then ids that make it unique. An index must have these columns in this order. */
export interface ListOrder<Row> {
  readonly list: string;
  readonly columns: readonly string[];
  readonly keyOf: (row: Row) => Keyset;
  readonly isId?: (id: string, index: number) => boolean;
}

export async function keysetPage<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  order: ListOrder<Row>,
  ask: PageAsk,
): Promise<Page<Row>> {
  const limit = ask.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new ReadModelError('invalid_limit', `limit ${limit}: give a whole number from 1 to ${MAX_LIMIT}`);
  }
  if (ask.after !== undefined && ask.before !== undefined) {
    throw new ReadModelError('invalid_cursor', 'give either "after" or "before", not both');
  }
  const backwards = ask.before !== undefined;
  const cursor = ask.before ?? ask.after;
  if (cursor !== undefined) {
    const [at, ...ids] = decodeCursor(order.list, cursor, order.isId);
    const names = ['at', ...ids.map((_, index) => `id${index}`)];
    if (names.length !== order.columns.length)
      throw new ReadModelError('invalid_cursor', 'cursor of another list');
    const key = Object.fromEntries(
      [new Date(at), ...ids].map((value, index) => [`keyset_${names[index]}`, value]),
    );
    const placeholders = names.map((name) => `:keyset_${name}`).join(', ');
    query.andWhere(`(${order.columns.join(', ')}) ${backwards ? '>' : '<'} (${placeholders})`, key);
  }
  for (const column of order.columns) query.addOrderBy(column, backwards ? 'ASC' : 'DESC');
  // One more than asked for tells whether there is another page in this direction.
  const rows = await query.limit(limit + 1).getMany();
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (backwards) items.reverse();

  const cursorAt = (row: Row | undefined) =>
    row === undefined ? null : encodeCursor(order.list, order.keyOf(row));
  const older = cursorAt(items.at(-1));
  const newer = cursorAt(items[0]);
  return backwards
    ? { items, next: older, previous: more ? newer : null }
    : { items, next: more ? older : null, previous: cursor === undefined ? null : newer };
}
