import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** The history as PostgreSQL holds it: `<endpoint id> <event id>` to `<status> <attempts>`, as `Ledger.ends` gives it. */
async function historyEnds(databaseUrl: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ key: string; end: string }>(
      `SELECT endpoint_id || ' ' || event_id AS key, status || ' ' || attempt AS "end" FROM hyperhook.deliveries`,
    );
    return new Map(rows.map(({ key, end }) => [key, end]));
  } finally {
    await client.end();
  }
}

/** Waits until history has each of these deliveries with its end; rejects with what differs after `withinMs`. */
export async function historyEquals(
  databaseUrl: string,
  ends: ReadonlyMap<string, string>,
  withinMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const rows = await historyEnds(databaseUrl);
    const other = [...ends].filter(([key, end]) => rows.get(key) !== end);
    if (other.length === 0) return;
    if (performance.now() > deadline) {
      const first = other.slice(0, 5).map(([key, end]) => `${key}: ${rows.get(key)}, the log says ${end}`);
      throw new Error(`${other.length} rows of ${ends.size} differ: ${first.join('; ')}`);
    }
    await delay(200);
  }
}
