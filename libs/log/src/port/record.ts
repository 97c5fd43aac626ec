import type { TopicName } from '../topics.ts';

/** Header names are lower case; values are UTF-8 text, numbers decimal ASCII. */
export type Headers = Readonly<Record<string, string>>;

/** What is handed to {@link Log.append}. The partition is always named (R1). */
export interface NewRecord {
  readonly topic: TopicName;
  readonly partition: number;
  /** For readers; never decides the partition. */
  readonly key: string | null;
  readonly headers: Headers;
  readonly value: Uint8Array;
}

export interface LogRecord extends NewRecord {
  /** 0 for the first record of a partition; grows, with gaps allowed. */
  readonly offset: number;
  /** Epoch ms by the log's own clock; never falls within a partition. */
  readonly appendedAt: number;
}

/** Where an appended record stands. */
export interface Appended {
  readonly offset: number;
  readonly appendedAt: number;
}

/** Bytes that a record counts for in caps: its value and headers. */
export function sizeOf(record: NewRecord): number {
  let size = record.value.byteLength + (record.key?.length ?? 0);
  for (const name in record.headers) size += name.length + (record.headers[name]?.length ?? 0);
  return size;
}
