import { LogError } from '../port/log-error.ts';
import { topics, type TopicName } from '../topics.ts';
import { PostgresPartition } from './postgres-partition.ts';
import type { RecordReader } from './record-reader.ts';
import type { Statements } from './serial-connection.ts';

interface TopicRow {
  readonly id: number;
  readonly name: TopicName;
  readonly partitions: number;
}

interface EndRow {
  readonly topic: number;
  readonly part: number;
  readonly first: string;
  readonly next: string;
  readonly newest: string;
}

/** Every partition of the log, and where the database says that each starts and ends. */
export class Partitions {
  readonly #owner: Statements;
  readonly #schema: string;
  readonly #reader: RecordReader;
  readonly #topics = new Map<TopicName, PostgresPartition[]>();

  constructor(owner: Statements, schema: string, reader: RecordReader) {
    this.#owner = owner;
    this.#schema = schema;
    this.#reader = reader;
  }

  /** Reads topics, starts and ends; gives the newest append time of all (epoch ms, 0: none). */
  async load(): Promise<number> {
    const known = await this.#owner.query<TopicRow>(
      `SELECT id, name, partitions FROM ${this.#schema}.topics ORDER BY id`,
    );
    for (const { id, name, partitions } of known.rows) this.#add(name, id, partitions);
    const ends = await this.#owner.query<EndRow>(`
      SELECT t.id AS topic, p AS part, coalesce(s.first_off, 0) AS first,
        greatest(coalesce(s.first_off, 0), coalesce(last.off + 1, 0)) AS next,
        coalesce(last.appended_at, 0) AS newest
      FROM ${this.#schema}.topics t CROSS JOIN generate_series(0, t.partitions - 1) AS p
      LEFT JOIN ${this.#schema}.starts s ON s.topic = t.id AND s.part = p
      LEFT JOIN LATERAL (
        SELECT off, appended_at FROM ${this.#schema}.records r
        WHERE r.topic = t.id AND r.part = p ORDER BY off DESC LIMIT 1
      ) AS last ON true`);
    const byId = new Map(known.rows.map((row) => [row.id, row.name]));
    let newest = 0;
    for (const row of ends.rows) {
      const name = byId.get(row.topic);
      const partition = name === undefined ? undefined : this.#topics.get(name)?.[row.part];
      partition?.found(Number(row.first), Number(row.next));
      newest = Math.max(newest, Number(row.newest));
    }
    for (const partition of this.all()) partition.wake();
    return newest;
  }

  /** Creates what is missing; throws `topic_mismatch` where a topic is there with another number of partitions. */
  async ensure(partitions: number): Promise<void> {
    for (const spec of topics) {
      const count = spec.partitions === 'one' ? 1 : partitions;
      const there = this.#topics.get(spec.name)?.length;
      if (there === count) continue;
      if (there !== undefined) {
        throw new LogError(
          'topic_mismatch',
          `topic ${spec.name} has ${there} partitions, ${count} were asked for; the number is chosen once, at installation`,
        );
      }
      const made = await this.#owner.query<{ id: number }>(
        `INSERT INTO ${this.#schema}.topics (id, name, partitions)
         SELECT coalesce(max(id), 0) + 1, $1, $2 FROM ${this.#schema}.topics RETURNING id`,
        [spec.name, count],
      );
      this.#add(spec.name, made.rows[0]?.id ?? 0, count);
    }
  }

  of(topic: TopicName): readonly PostgresPartition[] {
    const found = this.#topics.get(topic);
    if (found === undefined) {
      throw new LogError('topic_mismatch', `topic ${topic} does not exist; call ensureTopics first`);
    }
    return found;
  }

  one(topic: TopicName, partition: number): PostgresPartition {
    const found = this.of(topic)[partition];
    if (found === undefined)
      throw new LogError('topic_mismatch', `topic ${topic} has no partition ${partition}`);
    return found;
  }

  *all(): Iterable<PostgresPartition> {
    for (const partitions of this.#topics.values()) yield* partitions;
  }

  #add(topic: TopicName, id: number, count: number): void {
    if (this.#topics.has(topic)) return;
    const made = Array.from(
      { length: count },
      (_, partition) => new PostgresPartition(topic, id, partition, this.#reader),
    );
    this.#topics.set(topic, made);
  }
}
