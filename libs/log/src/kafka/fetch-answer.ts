import type { Broker } from 'kafkajs';
import type { LogRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import { toRecord, type FetchedMessage } from './kafka-message.ts';
import type { TopicNames } from './topic-names.ts';

/** Of each partition, and of all together; a record batch larger than that comes by itself. */
const PARTITION_BYTES = 1_024 * 1_024;
const ANSWER_BYTES = 10 * 1_024 * 1_024;

export interface Asked {
  readonly topic: TopicName;
  readonly partition: number;
  readonly from: number;
}

export interface Fetched {
  /** From the offset asked for on, in order. */
  readonly records: readonly LogRecord[];
  /** Where to fetch next: past what is not for readers, too. */
  readonly next: number;
}

interface RawAnswer {
  readonly responses: readonly {
    readonly topicName: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly messages: readonly FetchedMessage[];
    }[];
  }[];
}

/** One fetch from one broker; answers in the order of `asked`, after `waitMs` at most. */
export async function fetchFrom(
  broker: Broker,
  names: TopicNames,
  asked: readonly Asked[],
  { minBytes, waitMs }: { readonly minBytes: number; readonly waitMs: number },
  partitionBytes = PARTITION_BYTES,
): Promise<readonly Fetched[]> {
  const topics = new Map<string, { partition: number; fetchOffset: string; maxBytes: number }[]>();
  for (const { topic, partition, from } of asked) {
    const name = names.of(topic);
    const partitions = topics.get(name) ?? [];
    topics.set(name, partitions);
    partitions.push({ partition, fetchOffset: String(from), maxBytes: partitionBytes });
  }
  const answer = (await broker.fetch({
    replicaId: -1,
    maxWaitTime: waitMs,
    minBytes,
    maxBytes: ANSWER_BYTES,
    topics: [...topics].map(([topic, partitions]) => ({ topic, partitions })),
  })) as RawAnswer;
  const found = new Map<string, readonly FetchedMessage[]>();
  for (const { topicName, partitions } of answer.responses) {
    for (const { partition, messages } of partitions) found.set(`${topicName}/${partition}`, messages);
  }
  return asked.map((one) => toFetched(one, found.get(`${names.of(one.topic)}/${one.partition}`) ?? []));
}

function toFetched({ topic, partition, from }: Asked, messages: readonly FetchedMessage[]): Fetched {
  const last = messages.at(-1);
  const records: LogRecord[] = [];
  for (const message of messages) {
    // A batch begins where its producer began it, which may be below what was asked for.
    if (Number(message.offset) < from || message.isControlRecord === true) continue;
    records.push(toRecord(topic, partition, message));
  }
  return { records, next: Math.max(from, last === undefined ? from : Number(last.offset) + 1) };
}
