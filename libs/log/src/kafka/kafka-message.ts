import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Headers, LogRecord, NewRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';

/** What brokers hold of a record that its producer's transaction decided about: not for readers. */
export type FetchedMessage = KafkaMessage & { readonly isControlRecord?: boolean };

export function toMessage(record: NewRecord): Message {
  const { buffer, byteOffset, byteLength } = record.value;
  // Not a copy: kafkajs takes only Buffers for bytes.
  return {
    key: record.key,
    value: Buffer.from(buffer, byteOffset, byteLength),
    headers: { ...record.headers },
  };
}

export function toRecord(topic: TopicName, partition: number, message: FetchedMessage): LogRecord {
  return {
    topic,
    partition,
    key: message.key === null ? null : message.key.toString('utf8'),
    headers: toHeaders(message.headers),
    value: message.value ?? new Uint8Array(0),
    offset: Number(message.offset),
    appendedAt: Number(message.timestamp),
  };
}

function toHeaders(found: IHeaders | undefined): Headers {
  const headers: Record<string, string> = {};
  for (const [name, given] of Object.entries(found ?? {})) {
    // Others may write a name twice; the last one counts, as in most clients.
    const value = Array.isArray(given) ? given.at(-1) : given;
    if (value !== undefined) headers[name] = value.toString();
  }
  return headers;
}
