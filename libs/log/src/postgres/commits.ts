import type { Committed } from '../port/group.ts';
import type { PostgresPartition } from './postgres-partition.ts';
import type { Statements } from './serial-connection.ts';
import { toLogError } from './to-log-error.ts';

/** Where groups stand. Written on the lock's connection, so that a process that lost ownership moves nothing. */
export class Commits {
  readonly #owner: Statements;
  readonly #schema: string;

  constructor(owner: Statements, schema: string) {
    this.#owner = owner;
    this.#schema = schema;
  }

  async read(group: string, partition: PostgresPartition): Promise<Committed | undefined> {
    try {
      const answer = await this.#owner.query<{ off: string; metadata: string }>(
        `SELECT off, metadata FROM ${this.#schema}.commits WHERE grp = $1 AND topic = $2 AND part = $3`,
        [group, partition.topicId, partition.partition],
      );
      const row = answer.rows[0];
      return row === undefined ? undefined : { offset: Number(row.off), metadata: row.metadata };
    } catch (error) {
      throw toLogError(error);
    }
  }

  async write(group: string, partition: PostgresPartition, { offset, metadata }: Committed): Promise<void> {
    try {
      await this.#owner.query({
        name: 'commit',
        text: `INSERT INTO ${this.#schema}.commits (grp, topic, part, off, metadata) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (grp, topic, part) DO UPDATE SET off = excluded.off, metadata = excluded.metadata`,
        values: [group, partition.topicId, partition.partition, offset, metadata],
      });
    } catch (error) {
      throw toLogError(error);
    }
  }
}
