import { describe, expect, it } from '@jest/globals';
import type { Cluster } from 'kafkajs';
import kafkajs from 'kafkajs';
import { fakeBroker } from '../../fixtures/fake-broker.ts';
import { Batcher } from '../core/batcher.ts';
import type { NewRecord } from '../port/record.ts';
import { Appender } from './appender.ts';
import { KafkaClock } from './kafka-clock.ts';
import { TopicNames } from './topic-names.ts';
import { WireReader } from './wire/wire-reader.ts';
import { WireWriter } from './wire/wire-writer.ts';

interface Sent {
  readonly node: string;
  readonly partitions: readonly number[];
}
type Part = { readonly partition: number; readonly errorCode: number; readonly baseOffset: number };

/** Two brokers; partition p is led by broker p mod 2. `answer` may change what a broker says, or throw. */
function cluster(answer: (sent: Sent, given: Part[]) => Part[] | Promise<Part[]>) {
  const sends: Sent[] = [];
  const ends = new Map<number, number>();
  const send = async (node: string, request: Buffer): Promise<Buffer> => {
    const asked = asks(request);
    const sent = { node, partitions: asked.map(({ partition }) => partition) };
    sends.push(sent);
    const given = asked.map(({ partition, records }) => {
      const baseOffset = ends.get(partition) ?? 0;
      ends.set(partition, baseOffset + records);
      return { partition, errorCode: 0, baseOffset };
    });
    return saying(await answer(sent, given));
  };
  const broker = (node: string) => fakeBroker((request) => send(node, request));
  const partitions = [0, 1, 2, 3].map((partitionId) => ({ partitionId, leader: partitionId % 2 }));
  const fake: Partial<Record<keyof Cluster, unknown>> = {
    connect: () => Promise.resolve(),
    addMultipleTargetTopics: () => Promise.resolve(),
    refreshMetadataIfNecessary: () => Promise.resolve(),
    refreshMetadata: () => Promise.resolve(),
    findTopicPartitionMetadata: () => partitions,
    findBroker: ({ nodeId }: { nodeId: string }) => Promise.resolve(broker(nodeId)),
  };
  const names = new TopicNames('t.');
  return { sends, fake, names, appender: new Appender(fake as Cluster, names, new KafkaClock()) };
}

const record = (partition: number): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: {},
  value: new Uint8Array(1),
});

/** What a request to append holds, by the protocol's own description. */
function asks(request: Buffer): { partition: number; records: number }[] {
  const from = new WireReader(request);
  from.string();
  from.skip(6);
  return from
    .list(() => {
      from.string();
      return from.list(() => {
        const partition = from.int32();
        const set = from.bytes(from.int32());
        return { partition, records: set.readInt32BE(57) };
      });
    })
    .flat();
}

function saying(given: readonly Part[]): Buffer {
  const to = new WireWriter(64);
  to.int32(1);
  to.string('t.events');
  to.int32(given.length);
  for (const { partition, errorCode, baseOffset } of given) {
    to.int32(partition);
    to.int16(errorCode);
    to.int64(errorCode === 0 ? baseOffset : -1);
    to.int64(errorCode === 0 ? 1_000 : -1);
    to.int64(0);
  }
  to.int32(0);
  return to.bytes;
}

const NOT_ENOUGH_REPLICAS = 19;

describe('appending to Kafka', () => {
  it('answers in the order of the records, whatever broker they went to', async () => {
    const { appender, sends } = cluster((_, given) => given);
    const answers = await appender.append([record(1), record(0), record(1)]);
    expect(answers).toEqual([0, 0, 1].map((offset) => ({ offset, appendedAt: 1_000 })));
    expect(sends).toHaveLength(2);
  });

  it('says which partitions an answer left out, so that only they are sent again (R14)', async () => {
    let isLost = true;
    const { appender, sends } = cluster((_, given) => {
      const answered = given.filter(({ partition }) => !(isLost && partition === 2));
      return answered;
    });
    await expect(appender.append([record(0), record(2), record(1)])).rejects.toMatchObject({
      code: 'log_unavailable',
      message: expect.stringContaining('t.events/2'),
      appended: [{ offset: 0 }, undefined, { offset: 0 }],
    });
    const batcher = new Batcher(appender, { backoffMs: 1, onTrouble: () => (isLost = false) });
    isLost = true;
    const answers = await Promise.all([0, 2, 1].map((partition) => batcher.append(record(partition))));
    expect(answers.map(({ offset }) => offset)).toEqual([1, 2, 1]);
    expect(sends.at(-1)?.partitions).toEqual([2]);
  });

  it('does not take an answer with an error for durable', async () => {
    const { appender } = cluster((_, given) =>
      given.map((one) => ({ ...one, errorCode: one.partition === 0 ? NOT_ENOUGH_REPLICAS : 0 })),
    );
    await expect(appender.append([record(0), record(1)])).rejects.toMatchObject({
      appended: [undefined, { offset: 0 }],
    });
  });

  it('says which partition a broker refuses, and sends nothing twice', async () => {
    const { appender, sends } = cluster((_, given) =>
      given.map((one) => (one.partition === 2 ? { ...one, errorCode: NOT_ENOUGH_REPLICAS } : one)),
    );
    await expect(appender.append([record(0), record(2)])).rejects.toMatchObject({
      code: 'log_unavailable',
      message: expect.stringContaining('in-sync replicas'),
      appended: [{ offset: 0 }, undefined],
    });
    expect(sends).toHaveLength(1);
  });

  it('claims to know nothing when a broker said nothing', async () => {
    const { appender, sends } = cluster(() => {
      throw new kafkajs.KafkaJSConnectionError('gone');
    });
    await expect(appender.append([record(0), record(2)])).rejects.toMatchObject({
      code: 'log_unavailable',
      appended: undefined,
    });
    expect(sends).toHaveLength(1);
  });

  it('does not hold up what other brokers have answered for one that hangs (R14)', async () => {
    let answerLate = (): void => {};
    const late = new Promise<void>((resolve) => (answerLate = resolve));
    const { appender } = cluster(async ({ node }, given) => {
      if (node === '0') await late;
      return given;
    });
    const told = await appender.append([record(0), record(1)]).catch((error: unknown) => error);
    const known = { code: 'log_unavailable', appended: [undefined, { offset: 0 }] };
    expect(told).toMatchObject(known);
    // Nobody sends a record again and then learns that it was there all along.
    answerLate();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toMatchObject(known);
  }, 20_000);

  it('takes a topic that was never seen for missing, and one that was for not known yet', async () => {
    const { appender, fake, names, sends } = cluster((_, given) => given);
    fake.findTopicPartitionMetadata = () => [];
    await expect(appender.append([record(0)])).rejects.toMatchObject({
      code: 'topic_mismatch',
      message: expect.stringContaining('t.events does not exist'),
    });
    names.saw('events');
    await expect(appender.append([record(0)])).rejects.toMatchObject({
      code: 'log_unavailable',
      retryable: true,
    });
    expect(sends).toEqual([]);
  });

  it('sends no second piece of a partition after the first one failed', async () => {
    const { appender, sends } = cluster((_, given) => given.map((one) => ({ ...one, errorCode: 6 })));
    const large = { ...record(0), value: new Uint8Array(700_000) };
    await expect(appender.append([large, large])).rejects.toMatchObject({ code: 'log_unavailable' });
    expect(sends).toHaveLength(1);
  });
});
