import { openKafkaLog, type KafkaLog, type LogRecord, type TopicName } from '#log';

/** Reads topics of an installation on Kafka, from where it stopped before: the log's own word on what happened. */
export class LogTail {
  readonly log: KafkaLog;
  readonly #topics: readonly TopicName[];
  readonly #onRecord: (record: LogRecord) => void;
  readonly #positions = new Map<string, number>();

  private constructor(log: KafkaLog, topics: readonly TopicName[], onRecord: (record: LogRecord) => void) {
    this.log = log;
    this.#topics = topics;
    this.#onRecord = onRecord;
  }

  static async open(
    where: { readonly brokers: readonly string[]; readonly prefix: string },
    topics: readonly TopicName[],
    onRecord: (record: LogRecord) => void,
  ): Promise<LogTail> {
    const log = await openKafkaLog({ ...where, brokers: [...where.brokers], clientId: 'log-tail' });
    return new LogTail(log, topics, onRecord);
  }

  /** Next offset by `<topic>/<partition>`. */
  get positions(): ReadonlyMap<string, number> {
    return this.#positions;
  }

  /** Reads to the end as it is now. Rejects while the log is away; the next call goes on where this one stopped. */
  async readOn(): Promise<void> {
    for (const topic of this.#topics) {
      const ends = await this.log.endOffsets(topic);
      await Promise.all(ends.map((end, partition) => this.#readPartition(topic, partition, end)));
    }
  }

  close(): Promise<void> {
    return this.log.close();
  }

  async #readPartition(topic: TopicName, partition: number, end: number): Promise<void> {
    const key = `${topic}/${partition}`;
    const from = this.#positions.get(key) ?? 0;
    if (from >= end) return;
    for await (const slice of this.log.read(topic, partition, from, end)) {
      for (const record of slice) {
        this.#onRecord(record);
        this.#positions.set(key, record.offset + 1);
      }
    }
    const at = this.#positions.get(key) ?? 0;
    if (at < end) throw new Error(`${key} was read to ${at} of ${end}`);
  }
}
