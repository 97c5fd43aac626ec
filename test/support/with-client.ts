import pg from 'pg';
import type { Query } from './engine-under-test.ts';

/** A connection to a database for as long as `work` takes. */
export async function withClient<T>(
  connectionString: string,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString });
  // A server that is stopped says so to its connections, and whoever asked gets an error of the query besides.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(async (statement) => (await client.query(statement)).rows);
  } finally {
    await client.end();
  }
}
