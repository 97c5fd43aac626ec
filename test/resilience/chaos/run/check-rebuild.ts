import { createHash } from 'node:crypto';
import { unpacked } from '../../../../libs/read-model/src/values/packed-values.ts';
import type { Installation } from './installation.ts';

/** Digest of every table, whatever order its rows are in. When a position was last moved is no fact of the log. */
const digestOf = (table: string, columns: string): string =>
  `SELECT count(*)::integer AS count, coalesce(sum(('x' || substr(md5(r::text), 1, 15))::bit(60)::bigint), 0)::text AS sum
   FROM (SELECT ${columns} FROM hyperhook.${table}) AS r`;

type Query = (statement: string) => Promise<object[]>;

/** P5: the tables folded anew from the log are those that were there. The engine is stopped. Resolves with what differs. */
export async function checkRebuild(installation: Installation): Promise<readonly string[]> {
  const before = await installation.queryStopped(digests);
  // So that equal rows are none that were merely left standing.
  await installation.queryStopped((query) => query(`DELETE FROM hyperhook.attempts WHERE attempt = 1`));
  const { code, stdout, stderr } = await installation.rebuild();
  if (code !== 0) return [`rebuild ended with ${code}: ${stderr || stdout}`];
  const after = await installation.queryStopped(digests);
  return [...before].flatMap(([table, digest]) =>
    after.get(table) === digest ? [] : [`${table}: ${digest} before, ${after.get(table)} rebuilt`],
  );
}

async function digests(query: Query): Promise<ReadonlyMap<string, string>> {
  const columns = (await query(
    `SELECT table_name AS "table", string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns
     WHERE table_schema = 'hyperhook' AND table_name NOT LIKE '%migrations%'
       AND table_name <> 'record_values'
       AND NOT (table_name = 'projection_positions' AND column_name = 'updated_at')
     GROUP BY table_name`,
  )) as { table: string; columns: string }[];
  const found = new Map<string, string>();
  for (const { table, columns: all } of columns) {
    const [row] = (await query(digestOf(table, all))) as { count: number; sum: string }[];
    found.set(table, `${row?.count} rows ${row?.sum}`);
  }
  found.set('record_values', await digestOfValues(query));
  return found;
}

interface PackedRow {
  readonly topic: string;
  readonly partition: number;
  readonly first: string;
  readonly packing: number;
  readonly packed: Uint8Array;
}

/** Of the values one by one: how many of them stand in a row is no fact of the log (decision 0021). */
async function digestOfValues(query: Query): Promise<string> {
  const rows = (await query(
    `SELECT topic, log_partition AS partition, first_offset::text AS first, packing, packed FROM hyperhook.record_values
     ORDER BY topic, log_partition, first_offset`,
  )) as PackedRow[];
  const sum = createHash('sha256');
  let count = 0;
  for (const { topic, partition, first, packing, packed } of rows) {
    for (const { offset, value } of unpacked(packing, Number(first), packed)) {
      sum.update(`${topic}/${partition}/${offset} ${value.byteLength} `).update(value);
      count += 1;
    }
  }
  return `${count} values ${sum.digest('hex')}`;
}
