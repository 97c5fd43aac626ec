import type { ClientBase } from 'pg';

/**
 * Tables of the log, in a schema of their own. Idempotent; runs at every start, by the one process that holds the lock.
 *
 * `first_off` is the first offset that retention has left: it keeps offsets rising over a partition that was emptied.
 * Headers are JSON as text, key and value are bytes of the record: readable in psql, never parsed by the server.
 */
export const ddl = (schema: string): string => `
  CREATE SCHEMA IF NOT EXISTS ${schema};
  CREATE TABLE IF NOT EXISTS ${schema}.topics (
    id smallint PRIMARY KEY,
    name text NOT NULL UNIQUE,
    partitions integer NOT NULL CHECK (partitions > 0)
  );
  CREATE TABLE IF NOT EXISTS ${schema}.records (
    topic smallint NOT NULL,
    part smallint NOT NULL,
    off bigint NOT NULL,
    appended_at bigint NOT NULL,
    key text,
    headers text NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (topic, part, off)
  );
  CREATE TABLE IF NOT EXISTS ${schema}.starts (
    topic smallint NOT NULL,
    part smallint NOT NULL,
    first_off bigint NOT NULL,
    PRIMARY KEY (topic, part)
  );
  CREATE TABLE IF NOT EXISTS ${schema}.commits (
    grp text NOT NULL,
    topic smallint NOT NULL,
    part smallint NOT NULL,
    off bigint NOT NULL,
    metadata text NOT NULL,
    PRIMARY KEY (grp, topic, part)
  );
`;

/** A name that goes into statements as it is. */
export function schemaNameOf(prefix: string): string {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(prefix)) {
    throw new Error(`prefix "${prefix}": use lower-case letters, digits and _, starting with a letter`);
  }
  return `${prefix}log`;
}

/**
 * One owner for the life of the session; false: another process has it. The key is the schema's, so that several
 * installations fit into one database.
 */
export async function lock(client: ClientBase, schema: string): Promise<boolean> {
  const answer = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked`,
    [schema],
  );
  return answer.rows[0]?.locked === true;
}
