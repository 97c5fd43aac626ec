import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, startKafka, type KafkaForTests } from '#testkit';
import type { Group, GroupHandlers } from '../port/group.ts';
import type { NewRecord } from '../port/record.ts';
import { openCluster } from './cluster.ts';
import { kafkaClient } from './connection.ts';
import { CoordinatorLink } from './coordinator-link.ts';
import { GroupDoor } from './group-door.ts';
import { openKafkaLog, type KafkaLog, type KafkaLogOptions } from './kafka-log.ts';
import { TopicNames } from './topic-names.ts';

const SESSION_MS = 6_000;
const options = { name: 'g', topics: ['events'] as const };
const all = [0, 1, 2, 3];

let kafka: KafkaForTests;
let count = 0;
const prefixFor = () => `g${process.pid}-${(count += 1)}.`;

const open = (prefix: string, more: Partial<KafkaLogOptions> = {}): Promise<KafkaLog> =>
  openKafkaLog({
    brokers: kafka.brokers,
    clientId: 'group-test',
    prefix,
    sessionTimeoutMs: SESSION_MS,
    heartbeatMs: 200,
    ...more,
  });

const record = (text: string, partition: number): NewRecord => ({
  topic: 'events',
  partition,
  key: null,
  headers: {},
  value: new TextEncoder().encode(text),
});

/** Logs of one installation, each standing for a process; closed at the end. */
async function installation(run: (next: typeof open, prefix: string) => Promise<void>): Promise<void> {
  const prefix = prefixFor();
  const opened: KafkaLog[] = [];
  const next = async (_: string, more: Partial<KafkaLogOptions> = {}) => {
    const log = await open(prefix, more);
    opened.push(log);
    await log.ensureTopics(all.length);
    return log;
  };
  try {
    await run(next, prefix);
  } finally {
    await Promise.all(opened.map((log) => log.close()));
  }
}

/** Connections that can be made to swallow everything, without being closed. Those made later are not touched. */
function swallowing() {
  const sockets = new Set<net.Socket>();
  return {
    socketFactory: ({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }) => {
      const socket = net.connect({ host, port }, onConnect);
      sockets.add(socket);
      return socket;
    },
    swallow: () => {
      for (const socket of sockets) {
        socket.write = () => true;
        socket.removeAllListeners('data');
      }
      sockets.clear();
    },
  };
}

/** A member that joins and is not heard of again, for half a minute. */
async function standStill(prefix: string) {
  const client = kafkaClient({ brokers: kafka.brokers, clientId: 'still' });
  const names = new TopicNames(prefix);
  const groupId = names.group(options.name);
  const cluster = openCluster(client);
  const link = new CoordinatorLink(cluster, groupId, new AbortController().signal);
  const [sessionTimeoutMs, rebalanceTimeoutMs] = [30_000, 30_000];
  const { topics } = options;
  const door = new GroupDoor({ link, groupId, names, topics, sessionTimeoutMs, rebalanceTimeoutMs });
  const admin = client.admin();
  await admin.connect();
  let memberId = '';
  return {
    enter: async () => {
      await cluster.connect();
      await door.count(cluster);
      const answer = await door.enter({ memberId, owned: [], generation: -1, isLeaving: false });
      ({ memberId } = answer);
      await door.given(answer);
    },
    others: async () => {
      const { groups } = await admin.describeGroups([groupId]);
      return groups.flatMap(({ members }) => members.map((member) => member.memberId));
    },
    leave: async () => {
      await link.ask((coordinator) => coordinator.leaveGroup({ groupId, memberId }));
      await admin.disconnect();
      await cluster.disconnect();
    },
  };
}

interface Worked {
  readonly handlers: GroupHandlers;
  readonly claims: number[];
  readonly losses: number[];
  readonly held: boolean[];
  group?: Group;
}

/** A member that takes a while over each record, and commits only what it lets go of, as a drain does (R12). */
function worker(seen: string[], drainMs = 300): Worked {
  const next = new Map<number, number>();
  const worked: Worked = {
    claims: [],
    losses: [],
    held: [],
    handlers: {
      onClaim: async (partition) => void worked.claims.push(partition),
      onSlice: ({ partition, records }) => {
        for (const { offset, value } of records) {
          seen.push(new TextDecoder().decode(value));
          next.set(partition, offset + 1);
        }
      },
      onLose: async (partition) => {
        worked.losses.push(partition);
        expect(worked.group?.owns(partition)).toBe(false);
        await delay(drainMs);
        worked.held.push(worked.group?.holds(partition) ?? false);
        await worked.group?.commit('events', partition, next.get(partition) ?? 0);
      },
      onCrash: (error) => {
        throw error;
      },
    },
  };
  return worked;
}

// In a describe of its own: the check for leaks comes after the hooks of describes, not after those of the file.
describe('a group over a real broker', () => {
  beforeAll(async () => {
    kafka = await startKafka();
  }, 120_000);

  afterAll(async () => {
    await kafka?.stop();
  }, 60_000);

  it('takes the commits of what a live member lets go of: scaling up hands over nothing twice (R12)', async () => {
    await installation(async (next) => {
      const [log, other] = [await next('a'), await next('b')];
      const seen: string[] = [];
      const [a, b] = [worker(seen), worker(seen)];
      a.group = await log.join(options, a.handlers);
      await eventually(() => expect(a.claims).toHaveLength(4), 20_000);
      const sent: string[] = [];
      const send = async (rounds: number) => {
        for (let round = 0; round < rounds; round += 1) {
          const batch = all.map((partition) => `${sent.length + partition}`);
          await log.append(batch.map((text, partition) => record(text, partition)));
          sent.push(...batch);
        }
      };
      await send(100);
      const joining = other.join(options, b.handlers).then((group) => (b.group = group));
      await send(400);
      await joining;
      await eventually(() => expect(b.claims).toHaveLength(2), 20_000);
      await send(100);
      await eventually(() => expect(new Set(seen).size).toBe(sent.length), 20_000);
      expect(seen).toHaveLength(sent.length);
      expect(a.held).toEqual([true, true]);
    });
  }, 60_000);

  it('gives away one by one what a leaving member has drained, keeps it alive meanwhile, and lets others join', async () => {
    await installation(async (next) => {
      const [log, other, third] = [await next('a'), await next('b'), await next('c')];
      const seen: string[] = [];
      const slow = worker(seen);
      // Longer than the session timeout, each partition a little more than the one before.
      const lose = slow.handlers.onLose;
      const a: Worked = {
        ...slow,
        handlers: {
          ...slow.handlers,
          onLose: async (partition) => {
            await delay(1_000 + partition * 2_500);
            await lose(partition);
          },
        },
      };
      slow.group = a.group = await log.join(options, a.handlers);
      await eventually(() => expect(a.claims).toHaveLength(4), 20_000);
      await log.append(all.map((partition) => record(`${partition}`, partition)));
      await eventually(() => expect(seen).toHaveLength(4), 20_000);
      const { memberId } = slow.group;
      const state = { hasLeft: false };
      const left = slow.group.leave().then(() => (state.hasLeft = true));
      const [b, c] = [worker(seen), worker(seen)];
      b.group = await other.join(options, b.handlers);
      await eventually(() => expect(b.claims).toEqual([0]), 20_000);
      expect(state.hasLeft).toBe(false);
      c.group = await third.join(options, c.handlers);
      await eventually(() => expect(b.claims.length + c.claims.length).toBe(3), 20_000);
      expect(state.hasLeft).toBe(false);
      await left;
      await eventually(
        () => expect([...b.claims, ...c.claims].toSorted((x, y) => x - y)).toEqual(all),
        3_000,
      );
      expect(slow.losses).toEqual(all);
      expect(slow.held).toEqual([true, true, true, true]);
      expect(slow.group.memberId).toBe(memberId);
      // All were committed: nothing comes twice.
      await delay(500);
      expect(seen).toHaveLength(4);
    });
  }, 90_000);

  it('drops what an expelled member commits late, though it has the partition again under a new id (R11)', async () => {
    await installation(async (next) => {
      let isCut = false;
      const sockets = new Set<net.Socket>();
      const log = await next('a', {
        socketFactory: ({ host, port, onConnect }) => {
          const socket = net.connect({ host, port: isCut ? 1 : port }, onConnect);
          sockets.add(socket);
          return socket;
        },
      });
      const a = worker([], 0);
      let mayEnd = () => {};
      const end = new Promise<void>((resolve) => (mayEnd = resolve));
      const group = await log.join(options, {
        ...a.handlers,
        onLose: async (partition) => {
          a.losses.push(partition);
          a.held.push(group.holds(partition));
          await end;
          await group.commit('events', partition, 2);
        },
      });
      await eventually(() => expect(a.claims).toHaveLength(4), 20_000);
      await group.commit('events', 0, 5);
      const { memberId } = group;
      isCut = true;
      for (const socket of sockets) socket.destroy(new Error('cut'));
      await delay(SESSION_MS + 500);
      isCut = false;
      await eventually(() => expect([group.memberId, '']).not.toContain(memberId), 20_000);
      await eventually(() => expect(group.isFresh()).toBe(true), 20_000);
      expect(a.losses).toHaveLength(4);
      expect(a.held).toEqual([false, false, false, false]);
      expect(a.claims).toHaveLength(4);
      mayEnd();
      await eventually(() => expect(a.claims).toHaveLength(8), 20_000);
      expect((await group.committed('events', 0))?.offset).toBe(5);
    });
  }, 60_000);

  it('outlives connections that swallow everything: it finds others before the group lets it go', async () => {
    await installation(async (next) => {
      const way = swallowing();
      const log = await next('a', { socketFactory: way.socketFactory });
      const seen: string[] = [];
      const a = worker(seen);
      a.group = await log.join(options, a.handlers);
      await eventually(() => expect(a.claims).toHaveLength(4), 20_000);
      const writer = await next('w');
      await writer.append([record('before', 0)]);
      await eventually(() => expect(seen).toEqual(['before']));
      way.swallow();
      const began = performance.now();
      await writer.append([record('after', 0)]);
      await eventually(() => expect(seen).toEqual(['before', 'after']), 20_000);
      await eventually(() => expect(a.group?.isFresh()).toBe(true), 20_000);
      // A third of the session timeout, and what connecting takes.
      expect(performance.now() - began).toBeLessThan(SESSION_MS - 1_000);
      await delay(2_000);
      expect([a.claims.length, a.losses.length]).toEqual([4, 0]);
    });
  }, 60_000);

  it('works on while the group waits for one that stands still: fresh, its commits taken, free to leave (R9, R12)', async () => {
    await installation(async (next, prefix) => {
      const [log, other] = [await next('a'), await next('b')];
      const stranger = await standStill(prefix);
      const [a, b] = [worker([], 0), worker([], 0)];
      const group = await log.join(options, a.handlers);
      a.group = group;
      await eventually(() => expect(a.claims).toHaveLength(4), 20_000);
      await stranger.enter();
      await eventually(() => expect(a.losses).toHaveLength(2), 20_000);
      const [kept = -1] = all.filter((partition) => group.owns(partition));
      // From here on the group waits for the stranger, for as long as that one's session lasts.
      b.group = await other.join(options, b.handlers);
      const began = performance.now();
      for (let offset = 1; performance.now() - began < SESSION_MS - 500; offset += 1) {
        expect(group.isFresh()).toBe(true);
        const asked = performance.now();
        await group.commit('events', kept, offset);
        expect(performance.now() - asked).toBeLessThan(1_000);
        expect((await group.committed('events', kept))?.offset).toBe(offset);
        await delay(50);
      }
      expect(b.claims).toEqual([]);
      const { memberId } = group;
      expect(await stranger.others()).toContain(memberId);
      const asked = performance.now();
      await group.leave();
      expect(performance.now() - asked).toBeLessThan(1_500);
      expect(await stranger.others()).not.toContain(memberId);
      await stranger.leave();
      await eventually(() => expect(b.claims).toHaveLength(4), 20_000);
    });
  }, 60_000);
});
