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
       AND NOT (table_name = 'projection_positions' AND column_name = 'updated_at')
     GROUP BY table_name`,
  )) as { table: string; columns: string }[];
  const found = new Map<string, string>();
  for (const { table, columns: all } of columns) {
    const [row] = (await query(digestOf(table, all))) as { count: number; sum: string }[];
    found.set(table, `${row?.count} rows ${row?.sum}`);
  }
  return found;
}
