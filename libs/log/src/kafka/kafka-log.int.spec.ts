import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { describeLogContract, eventually, startKafka, type KafkaForTests } from '#testkit';
import { Batcher } from '../core/batcher.ts';
import type { Group, GroupHandlers } from '../port/group.ts';
import type { NewRecord } from '../port/record.ts';
import { openKafkaLog, type KafkaLog, type KafkaLogOptions } from './kafka-log.ts';

let kafka: KafkaForTests;
let count = 0;

/** A log of its own for each test: topics and groups that no other one has. */
const prefixFor = () => `t${process.pid}-${(count += 1)}.`;

const open = (prefix: string, more: Partial<KafkaLogOptions> = {}): Promise<KafkaLog> =>
  openKafkaLog({
    brokers: kafka.brokers,
    clientId: 'log-test',
    prefix,
    // The shortest that brokers allow.
    sessionTimeoutMs: 6_000,
    heartbeatMs: 200,
    ...more,
  });

/** Connections that can be cut all at once: what a crash looks like to the brokers, or a network that is gone. */
function lifeline() {
  const sockets = new Set<net.Socket>();
  let isCut = false;
  return {
    socketFactory: ({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }) => {
      const socket = net.connect({ host, port: isCut ? 1 : port }, onConnect);
      sockets.add(socket);
      return socket;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy(new Error('cut'));
    },
    mend: () => {
      isCut = false;
    },
  };
}

const record = (text: string, partition = 0): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: { 'schema-version': '1' },
  value: new TextEncoder().encode(text),
});

const withLog = async (
  run: (log: KafkaLog, prefix: string) => Promise<void>,
  more: Partial<KafkaLogOptions> = {},
): Promise<void> => {
  const prefix = prefixFor();
  const log = await open(prefix, more);
  try {
    await log.ensureTopics(4);
    await run(log, prefix);
  } finally {
    await log.close();
  }
};

const silent: GroupHandlers = {
  onClaim: () => Promise.resolve(),
  onSlice: () => {},
  onLose: () => Promise.resolve(),
  onCrash: (error) => {
    throw error;
  },
};

/** A member that notes what it is given and what is taken from it, in a list that all members share. */
function noting(name: string, notes: string[], drained: () => Promise<void> = () => Promise.resolve()) {
  const owned = new Set<number>();
  const handlers: GroupHandlers = {
    ...silent,
    onClaim: async (partition) => {
      owned.add(partition);
      notes.push(`${name} claims ${partition}`);
    },
    onLose: async (partition) => {
      await drained();
      owned.delete(partition);
      notes.push(`${name} let go of ${partition}`);
    },
  };
  return { owned, handlers };
}

// In a describe of its own: the check for leaks comes after the hooks of describes, not after those of the file.
describe('over a real broker', () => {
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);

  afterAll(async () => {
    await kafka?.stop();
  }, 60_000);

  describeLogContract('Kafka', async () => {
    const prefix = prefixFor();
    let line = lifeline();
    const log = await open(prefix, line);
    const opened = [log];
    return {
      log,
      reopen: async () => {
        line.cut();
        line = lifeline();
        const next = await open(prefix, line);
        opened.push(next);
        return next;
      },
      close: async () => {
        await Promise.all(opened.map((one) => one.close()));
      },
    };
  });

  describe('Kafka log: topics', () => {
    const alter = async (name: string, setting: string, value: string) => {
      const admin = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
      await admin.connect();
      const configEntries = [
        { name: 'retention.ms', value: '604800000' },
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'message.timestamp.type', value: 'LogAppendTime' },
        { name: 'max.message.bytes', value: '4000000' },
      ].map((entry) => (entry.name === setting ? { name: setting, value } : entry));
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries }],
      });
      await admin.disconnect();
    };

    it('says which one is not as it must be, what it is, and the command that mends it', async () => {
      await withLog(async (log, prefix) => {
        const name = `${prefix}outcomes`;
        await alter(name, 'retention.ms', '1000');
        await expect(log.ensureTopics(4)).rejects.toMatchObject({
          code: 'topic_mismatch',
          message:
            `topic ${name} has retention.ms=1000, it must be 604800000; kafka-configs.sh --bootstrap-server ${kafka.brokers.join(',')} ` +
            `--alter --entity-type topics --entity-name ${name} --add-config retention.ms=604800000`,
        });
        await alter(name, 'retention.ms', '604800000');
        await log.ensureTopics(4);
      });
    });

    it.each([
      ['cleanup.policy', 'compact'],
      ['message.timestamp.type', 'CreateTime'],
      ['max.message.bytes', '1000000'],
    ])('refuses %s=%s', async (setting, value) => {
      await withLog(async (log, prefix) => {
        await alter(`${prefix}events`, setting, value);
        // A broker hears of the change after the controller that made it.
        await eventually(() =>
          expect(log.ensureTopics(4)).rejects.toThrow(`${prefix}events has ${setting}=${value}, it must be`),
        );
      });
    });

    it('names the partitions asked for, and those that are there', async () => {
      await withLog(async (log, prefix) => {
        await expect(log.ensureTopics(6)).rejects.toThrow(
          `topic ${prefix}events has 4 partitions, 6 were asked for`,
        );
        await expect(log.ensureTopics(2)).rejects.toThrow('Kafka cannot take partitions away: ask for 4');
      });
    });

    it('must be there before anything else', async () => {
      const log = await open(prefixFor());
      // Retryable all the same: a broker that has just started may not know its topics yet.
      await expect(log.append([record('a')])).rejects.toMatchObject({
        code: 'log_unavailable',
        message: expect.stringContaining('call ensureTopics first'),
      });
      await log.close();
    }, 60_000);
  });

  describe('Kafka log: appends', () => {
    it('says that no broker answers', async () => {
      await expect(open('x', { brokers: ['127.0.0.1:1'] })).rejects.toMatchObject({
        code: 'log_unavailable',
        retryable: true,
      });
    });

    it('takes batches larger than a broker would, and keeps their order', async () => {
      await withLog(async (log) => {
        const text = 'x'.repeat(400_000);
        const answers = await log.append(Array.from({ length: 12 }, (_, at) => record(`${at}${text}`)));
        expect(answers.map(({ offset }) => offset)).toEqual(Array.from({ length: 12 }, (_, at) => at));
        const found: number[] = [];
        for await (const slice of log.read('events', 0, 0)) {
          found.push(...slice.map((one) => Number.parseInt(new TextDecoder().decode(one.value), 10)));
        }
        expect(found).toEqual(Array.from({ length: 12 }, (_, at) => at));
      });
    });

    it('takes the largest record there may be', async () => {
      await withLog(async (log) => {
        const value = new Uint8Array(2 * 1_024 * 1_024 - 100);
        await log.append([{ ...record(''), value }]);
        expect((await log.readOne('events', 0, 0))?.value.byteLength).toBe(value.byteLength);
      });
    });
  });

  describe('Kafka log: groups', () => {
    it('share out evenly, and no partition is ever with two members, nor passed on before it is drained', async () => {
      await withLog(async (log, prefix) => {
        const other = await open(prefix);
        const notes: string[] = [];
        let isDrained = false;
        const a = noting('a', notes, () => eventually(() => expect(isDrained).toBe(true)));
        const b = noting('b', notes);
        const options = { name: 'dispatcher', topics: ['events', 'outcomes'] as const };
        const first = await log.join(options, a.handlers);
        await eventually(() => expect(a.owned.size).toBe(4), 20_000);
        const second = await other.join(options, b.handlers);
        await eventually(() => expect([0, 1, 2, 3].filter((p) => first.owns(p))).toHaveLength(2), 20_000);
        // b is in the group, and gets nothing while a has work under way.
        await eventually(() => expect(second.isFresh()).toBe(true));
        expect(b.owned.size).toBe(0);
        isDrained = true;
        await eventually(() => expect(b.owned.size).toBe(2), 20_000);
        for (const partition of b.owned) {
          expect(notes.indexOf(`a let go of ${partition}`)).toBeLessThan(
            notes.indexOf(`b claims ${partition}`),
          );
          expect([first.owns(partition), second.owns(partition)]).toEqual([false, true]);
        }
        // Kept ones were never touched.
        for (const partition of a.owned)
          expect(notes.filter((note) => note.endsWith(`${partition}`))).toHaveLength(1);
        const moved = [...b.owned];
        await second.leave();
        await eventually(() => expect(a.owned.size).toBe(4), 20_000);
        for (const partition of moved) {
          expect(notes.indexOf(`b let go of ${partition}`)).toBeLessThan(
            notes.lastIndexOf(`a claims ${partition}`),
          );
        }
        await other.close();
      });
    }, 90_000);

    it('hand over every record once while members come and go, if each commits what it has done', async () => {
      await withLog(async (log, prefix) => {
        const other = await open(prefix);
        const seen: string[] = [];
        const working = (group: () => Group | undefined): GroupHandlers => ({
          ...silent,
          onSlice: ({ topic, partition, records }) => {
            seen.push(...records.map((one) => new TextDecoder().decode(one.value)));
            void group()?.commit(topic, partition, (records.at(-1)?.offset ?? -1) + 1);
          },
        });
        let first: Group | undefined;
        let second: Group | undefined;
        first = await log.join(
          { name: 'g', topics: ['events'] },
          working(() => first),
        );
        const sent: string[] = [];
        const send = async (rounds: number) => {
          for (let round = 0; round < rounds; round += 1) {
            const batch = [0, 1, 2, 3].map((partition) => record(`${sent.length + partition}`, partition));
            await log.append(batch);
            sent.push(...batch.map((one) => new TextDecoder().decode(one.value)));
          }
        };
        await send(100);
        second = await other.join(
          { name: 'g', topics: ['events'] },
          working(() => second),
        );
        await send(300);
        await eventually(() => expect([0, 1, 2, 3].filter((p) => second?.owns(p))).toHaveLength(2), 20_000);
        await send(100);
        await eventually(() => expect(new Set(seen).size).toBe(sent.length), 20_000);
        await second.leave();
        await send(100);
        await eventually(() => expect(new Set(seen).size).toBe(sent.length), 20_000);
        await other.close();
      });
    }, 90_000);

    it('keep their windows over a rebalance: nothing of a kept partition is handed over again', async () => {
      await withLog(async (log, prefix) => {
        await log.append([0, 1, 2, 3].map((partition) => record(`${partition}`, partition)));
        const seen: string[] = [];
        const a = noting('a', []);
        const first = await log.join(
          { name: 'g', topics: ['events'] },
          {
            ...a.handlers,
            onSlice: ({ records }) =>
              void seen.push(...records.map((one) => new TextDecoder().decode(one.value))),
          },
        );
        await eventually(() => expect(seen).toHaveLength(4), 20_000);
        const { memberId } = first;
        const other = await open(prefix);
        await other.join({ name: 'g', topics: ['events'] }, silent);
        await eventually(() => expect(a.owned.size).toBe(2), 20_000);
        await log.append([0, 1, 2, 3].map((partition) => record(`late ${partition}`, partition)));
        await eventually(() => expect(seen).toHaveLength(6));
        expect(new Set(seen).size).toBe(6);
        expect(first.memberId).toBe(memberId);
        await other.close();
      });
    }, 90_000);

    it('let a member go whose process stood still; it loses everything and comes back under another id', async () => {
      const line = lifeline();
      await withLog(async (log) => {
        const notes: string[] = [];
        const a = noting('a', notes);
        const group = await log.join({ name: 'g', topics: ['events'] }, a.handlers);
        await eventually(() => expect(a.owned.size).toBe(4), 20_000);
        const before = group.memberId;
        expect(group.isFresh()).toBe(true);
        line.cut();
        // R9: stale one second after the last heartbeat was asked, five before the group lets it go.
        await eventually(() => expect(group.isFresh()).toBe(false), 3_000);
        expect(group.owns(0)).toBe(true);
        await delay(6_500);
        line.mend();
        await eventually(
          () => expect(notes.filter((note) => note.startsWith('a claims'))).toHaveLength(8),
          20_000,
        );
        expect(notes.filter((note) => note.startsWith('a let go'))).toHaveLength(4);
        expect(group.memberId).not.toBe(before);
        expect(group.isFresh()).toBe(true);
      }, line);
    }, 60_000);
  });

  describe('Kafka log: a handler that throws', () => {
    it('is told once, and its partitions go to the others', async () => {
      await withLog(async (log, prefix) => {
        const crashes: string[] = [];
        await log.join(
          { name: 'g', topics: ['events'] },
          {
            ...silent,
            onSlice: () => {
              throw new TypeError('poison');
            },
            onCrash: (error) => crashes.push(error.message),
          },
        );
        await log.append([record('a'), record('b', 1)]);
        await eventually(() => expect(crashes).toEqual(['poison']), 20_000);
        const other = await open(prefix);
        const b = noting('b', []);
        await other.join({ name: 'g', topics: ['events'] }, b.handlers);
        await eventually(() => expect(b.owned.size).toBe(4), 20_000);
        expect(crashes).toHaveLength(1);
        await other.close();
      });
    }, 60_000);
  });

  describe('Kafka log: reads', () => {
    it('go on with the first record held where retention has taken what was asked for', async () => {
      await withLog(async (log, prefix) => {
        await log.append(['a', 'b', 'c'].map((text) => record(text)));
        const admin = new kafkajs.Kafka({
          brokers: kafka.brokers,
          logLevel: kafkajs.logLevel.NOTHING,
        }).admin();
        await admin.connect();
        await admin.fetchTopicOffsets(`${prefix}events`);
        await admin.deleteTopicRecords({
          topic: `${prefix}events`,
          partitions: [{ partition: 0, offset: '2' }],
        });
        await admin.disconnect();
        expect(await log.startOffsets('events')).toEqual([2, 0, 0, 0]);
        expect(await log.readOne('events', 0, 1)).toBeUndefined();
        const seen: number[] = [];
        for await (const slice of log.read('events', 0, 0)) seen.push(...slice.map(({ offset }) => offset));
        expect(seen).toEqual([2]);
        const followed: number[] = [];
        await log.follow('events', 0, 0, {
          onRecords: (records) => void followed.push(...records.map(({ offset }) => offset)),
          onError: (error) => {
            throw error;
          },
        });
        await eventually(() => expect(followed).toEqual([2]));
      });
    });

    it('are quick enough to be made one by one', async () => {
      await withLog(async (log) => {
        const batcher = new Batcher(log);
        await batcher.append(record('a'));
        const began = performance.now();
        for (let turn = 0; turn < 100; turn += 1) await log.readOne('events', 0, 0);
        expect((performance.now() - began) / 100).toBeLessThan(50);
      });
    });
  });
});
