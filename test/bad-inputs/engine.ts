import { expect } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { MemoryLog, MemoryStore } from '#log';
import { eventually } from '#testkit';
import { KafkaClock } from '../../libs/log/src/kafka/kafka-clock.ts';
import { DispatcherRig, PARTITIONS } from '../support/dispatcher-rig.ts';
import type { BadInput } from './world.ts';

/** What happens to the engine itself in the middle of its work. */
export const engine: readonly BadInput[] = [
  {
    row: 56,
    input: 'an endpoint changed, rotated and deleted while an attempt is under way',
    expected: 'the attempt ends; the next one uses what is there now; none after the deletion',
    check: async (world) => {
      const { key } = await world.newTenant(world.open, 'hyprwatch');
      const first = await world.receiver(() => ({ delayMs: 700 }));
      const second = await world.receiver(() => ({}));
      const id = await world.webhook(key, first.url);
      const data = { host_id: 'h_1', hostname: 'web-1', platform: 'linux' };
      const publish = () => world.publish(key, { type: 'host.online', data });
      const under = await publish();
      await first.waitFor(1, 10_000);
      const path = `/webhooks/${id}`;
      const { secret } = await world.open.must<{ secret: string }>('POST', `${path}/rotate-secret`, {}, key);
      await world.open.must('PATCH', path, { url: second.url }, key);
      await world.delivery(key, under, 'delivered');
      await publish();
      const [request] = await second.waitFor(1, 10_000);
      const digest = createHmac('sha256', secret).update(request!.body).digest('hex');
      expect(request!.headers['X-Hyprwatch-Signature']).toBe(`sha256=${digest}`);
      await world.open.must('DELETE', path, undefined, key);
      const after = await publish();
      await eventually(async () => {
        const event = await world.open.must('GET', `/events/${after}`, undefined, key);
        expect(event).toMatchObject({ unmatched: true });
      }, 10_000);
      expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
    },
  },
  {
    row: 57,
    input: 'the clock of a worker jumps by an hour, either way',
    expected: 'the schedule goes by a monotonic clock, set against the log',
    check: async () => {
      const real = Date.now;
      try {
        for (const jump of [3_600_000, -3_600_000]) {
          const clock = new KafkaClock();
          const before = clock.now();
          Date.now = () => real() + jump;
          expect(Math.abs(clock.now() - before)).toBeLessThan(1_000);
          Date.now = real;
        }
      } finally {
        Date.now = real;
      }
    },
  },
  {
    row: 58,
    input: 'a record of the log that is no JSON, of an unknown schema, of a tenant that is gone',
    expected: 'to quarantine with the reason; the partition goes on',
    check: async () => {
      const store = new MemoryStore();
      const log = new MemoryLog(store);
      await log.ensureTopics(PARTITIONS);
      const rig = new DispatcherRig(log);
      await rig.open();
      const tenant = await rig.tenant('hyprwatch');
      await rig.endpoint(tenant);
      const { partition } = await rig.publish(tenant);
      await eventually(() => expect(rig.sender.sent).toHaveLength(1));
      const garbage = { key: null, headers: {}, value: Buffer.from('not JSON') };
      const foreign = { ...garbage, headers: { 'schema-version': '1', tenant: 'nobody' } };
      await log.append([
        { topic: 'events', partition, ...garbage },
        { topic: 'events', partition, ...foreign },
      ]);
      await rig.publish(tenant);
      await eventually(() => expect(rig.sender.sent).toHaveLength(2));
      expect(rig.signals.quarantines).toEqual([
        expect.stringMatching(/^events: header /),
        expect.stringMatching(/^events: header /),
      ]);
      await rig.close();
      await log.close();
    },
  },
];
