import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, startKafka, type KafkaForTests } from '#testkit';
import { Batcher } from '../core/batcher.ts';
import { openKafkaLog, type KafkaLog } from './kafka-log.ts';

const PARTITIONS = 6;
const textOf = (value: Uint8Array) => new TextDecoder().decode(value);

let kafka: KafkaForTests;
let log: KafkaLog;

// In a describe of its own: the check for leaks comes after the hooks of describes, not after those of the file.
describe('over three brokers', () => {
  beforeAll(async () => {
    kafka = await startKafka({ brokers: 3 });
    log = await openKafkaLog({
      brokers: kafka.brokers,
      clientId: 'failover-test',
      prefix: `f${process.pid}.`,
      heartbeatMs: 500,
      sessionTimeoutMs: 20_000,
    });
    await log.ensureTopics(PARTITIONS);
  }, 180_000);

  afterAll(async () => {
    await log?.close();
    await kafka?.stop();
  }, 60_000);

  it('no acknowledged record is lost, and the group goes on, while brokers are killed', async () => {
    const seen = new Set<string>();
    const claims: number[] = [];
    const group = await log.join(
      { name: 'g', topics: ['events'] },
      {
        onClaim: async (partition) => void claims.push(partition),
        onSlice: ({ records }) => {
          for (const { value } of records) seen.add(textOf(value));
        },
        onLose: () => Promise.resolve(),
        onCrash: (error) => {
          throw error;
        },
      },
    );
    await eventually(() => expect(claims).toHaveLength(PARTITIONS), 30_000);
    const batcher = new Batcher(log);
    const acknowledged: string[] = [];
    let isSending = true;
    const sender = async (lane: number) => {
      for (let at = 0; isSending; at += 1) {
        const text = `${lane}-${at}`;
        await batcher.append({
          topic: 'events',
          partition: lane % PARTITIONS,
          key: null,
          headers: {},
          value: new TextEncoder().encode(text),
        });
        acknowledged.push(text);
        await delay(2);
      }
    };
    const senders = Array.from({ length: 4 * PARTITIONS }, (_, lane) => sender(lane));
    for (const nodeId of [1, 2]) {
      const before = acknowledged.length;
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 500), 30_000);
      await kafka.kill(nodeId);
      const after = acknowledged.length;
      // All partitions answer again, those of the dead broker under other leaders.
      await eventually(() => expect(acknowledged.length).toBeGreaterThan(after + 2_000), 60_000);
      await kafka.restart(nodeId);
    }
    isSending = false;
    await Promise.all(senders);
    const stored = new Set<string>();
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      for await (const slice of log.read('events', partition, 0))
        for (const { value } of slice) stored.add(textOf(value));
    }
    expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
    await eventually(() => expect(acknowledged.filter((text) => !seen.has(text))).toEqual([]), 30_000);
    // The member stayed, under its id, and nothing was taken from it.
    expect(claims).toHaveLength(PARTITIONS);
    await eventually(() => group.commit('events', 0, 1), 20_000);
  }, 300_000);
});
