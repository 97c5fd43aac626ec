import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { SecretBox } from '#control';
import { openKafkaLog, partitionOf, type KafkaLog } from '#log';
import { eventually, startKafka, type KafkaForTests } from '#testkit';
import { DispatcherRig, PARTITIONS } from '../../support/dispatcher-rig.ts';
import { FakeSender } from '../../support/fake-sender.ts';
import type { RequestMade } from '../../support/stoppable-dispatcher.ts';

const EVENTS = 600;
const ANSWER_MS = 300;

describe('a dispatcher whose process stands still', () => {
  const prefix = `s${process.pid}.`;
  const key = randomBytes(32);
  const secrets = new SecretBox(new Map([['t', key]]), 't');
  const made: RequestMade[] = [];
  let kafka: KafkaForTests;
  let log: KafkaLog;
  let child: ChildProcess;
  /** Control and ingestion. */
  let door: DispatcherRig;
  let taker: DispatcherRig;

  beforeAll(async () => {
    kafka = await startKafka();
    log = await openKafkaLog({
      brokers: kafka.brokers,
      clientId: 'standstill',
      prefix,
      sessionTimeoutMs: 6_000,
      heartbeatMs: 200,
    });
    await log.ensureTopics(PARTITIONS);
    door = new DispatcherRig(log, { secrets });
    const fail = (error: unknown) => {
      throw error;
    };
    await door.control.start(log, { onNewer: fail, onUnreadable: fail, onError: fail });
    const args = [kafka.brokers.join(','), prefix, key.toString('base64'), `${ANSWER_MS}`];
    child = spawn(process.execPath, ['--no-warnings', 'test/support/stoppable-dispatcher.ts', ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (request) => made.push(request as RequestMade));
  }, 120_000);

  afterAll(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    await taker?.close();
    await door?.control.stop();
    await log?.close();
    await kafka?.stop();
  }, 60_000);

  it('sends nothing of what others own by then, and moves no commit back (R9, R11)', async () => {
    const tenant = await door.tenant('hyperleap');
    await door.endpoint(tenant);
    const partition = partitionOf(tenant, PARTITIONS);
    const publish = (events: number) =>
      Promise.all(Array.from({ length: events }, () => door.publish(tenant)));
    const committed = async (): Promise<number[]> => {
      const admin = new kafkajs.Kafka({ brokers: kafka.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
      await admin.connect();
      const topics = await admin.fetchOffsets({ groupId: `${prefix}dispatcher` });
      await admin.disconnect();
      const found = topics.find(({ topic }) => topic === `${prefix}events`)?.partitions ?? [];
      // Partitions without a commit are left out.
      return Array.from({ length: PARTITIONS }, (_, at) =>
        Number(found.find((one) => one.partition === at)?.offset ?? 0),
      );
    };

    await publish(EVENTS);
    await eventually(() => expect(made.length).toBeGreaterThan(EVENTS / 6), 60_000);
    // In the middle of it: attempts in flight, others in their lane, outcomes on their way.
    child.kill('SIGSTOP');
    const stoppedAt = Date.now();
    await delay(500);
    const before = new Set(made.map(({ delivery }) => delivery));
    expect(before.size).toBeLessThan(EVENTS);

    const sender = new FakeSender();
    sender.answer = () => ({ status: 200, after: 1 });
    taker = new DispatcherRig(log, { sender, secrets });
    await taker.open();
    await eventually(async () => expect((await committed())[partition]).toBe(EVENTS), 60_000);
    const taken = new Set(sender.sent.map(({ headers }) => headers['X-Hyperleap-Delivery-Id'] ?? ''));
    const inFlight = [...taken].filter((delivery) => before.has(delivery)).length;
    expect(taken.size + before.size - inFlight).toBe(EVENTS);
    // P4: only what it had in flight, at most its lane's cap.
    expect(inFlight).toBeLessThanOrEqual(64);

    const standing = await committed();
    child.kill('SIGCONT');
    let lowest = standing;
    for (let look = 0; look < 20; look += 1) {
      await delay(150);
      const now = await committed();
      lowest = lowest.map((offset, at) => Math.min(offset, now[at] ?? 0));
    }
    expect(lowest).toEqual(standing);
    expect(made.filter(({ at }) => at > stoppedAt + 100)).toEqual([]);

    // Under a new id it is a member like any other.
    await publish(20);
    await eventually(async () => {
      const all = new Set((await door.outcomes()).map(({ ref }) => ref.deliveryId));
      expect(all.size).toBe(EVENTS + 20);
    }, 60_000);
    const later = [
      ...sender.sent.map(({ headers }) => headers['X-Hyperleap-Delivery-Id']),
      ...made.map((one) => one.delivery),
    ];
    expect(later).toHaveLength(EVENTS + 20 + inFlight);
  }, 240_000);
});
