import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Looks into the database of a data folder while its PostgreSQL runs, be it with its engine or left behind by one. */
export async function queryInstallation<Row extends pg.QueryResultRow>(
  dataFolder: string,
  statement: string,
): Promise<Row[]> {
  const client = await connectInstallation(dataFolder);
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The same for many questions; whoever asks ends it. */
export async function connectInstallation(dataFolder: string): Promise<pg.Client> {
  const folder = join(dataFolder, 'postgres');
  const [pidFile, password] = await Promise.all([
    readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8'),
    readFile(join(folder, 'password'), 'utf8'),
  ]);
  const client = new pg.Client({
    host: '127.0.0.1',
    // The fourth line of PostgreSQL's pid file.
    port: Number(pidFile.split('\n')[3]),
    user: 'hyperhook',
    password: password.trim(),
    database: 'hyperhook',
  });
  // A server that is killed says so to its connections, and whoever asked gets an error of the query besides.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
