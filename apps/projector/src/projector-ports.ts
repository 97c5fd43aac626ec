import type { TopicName } from '#log';

/** What this app writes to; pino's loggers fit. */
export interface ProjectorLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What this app measures; the edge maps it onto its registry. */
export interface ProjectorMetrics {
  /** Records of one transaction by topic, and how long it took. */
  applied(records: ReadonlyMap<TopicName, number>, ms: number): void;
  /** Records that nobody could read (P9). */
  quarantined(topic: TopicName): void;
  /** Alert when true: the partition waits for a newer release of this app (R21). */
  stopped(topic: TopicName, partition: number, stopped: boolean): void;
  /** Alert when true for long: history falls behind; deliveries go on. */
  databaseDown(down: boolean): void;
  /** Records read and not yet applied, over all partitions. */
  waiting(records: number): void;
}
