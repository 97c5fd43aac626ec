import { decodeAsked, decodeOutcome, MemoryLog, type LogRecord } from '#log';
import { eventually } from '#testkit';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aFact,
  aLog,
  aRef,
  anEvent,
  anOutcome,
  endpointLife,
  NOON,
  retry,
  uuidOf,
  type TestLog,
} from '../fixtures/history.ts';
import { watched } from '../fixtures/quiet.ts';
import { createPolicies, type Policies, type PoliciesOptions } from './create-policies.ts';
import type { DisableEndpoint } from './policies/policy-ports.ts';

type Disabling = Parameters<DisableEndpoint>[0];

describe('the policies', () => {
  let testLog: TestLog;
  let disabled: Disabling[];
  let settled: string[];
  const running: Policies[] = [];

  beforeEach(async () => {
    testLog = await aLog();
    disabled = [];
    settled = [];
  });
  afterEach(async () => {
    for (const policies of running.splice(0)) await policies.stop();
    await testLog.log.close();
  });

  const start = async (over: Partial<PoliciesOptions> = {}) => {
    const policies = createPolicies({
      log: testLog.log,
      disable: async (command) => void disabled.push(command),
      bodyOf: (event, ref) => Buffer.from(`${Buffer.from(event.body).toString()} for ${ref.endpointId}`),
      releasesPerSecond: 100_000,
      logger: watched().logger,
      metrics: {
        settled: (how, count) => void settled.push(...Array.from({ length: count }, () => how)),
        stopped: () => {},
      },
      onCrash: (error) => {
        throw error;
      },
      ...over,
    });
    running.push(policies);
    await policies.start();
    return policies;
  };
  const stop = async () => {
    for (const policies of running.splice(0)) await policies.stop();
  };
  const asked = async () =>
    (await testLog.all('deliveries', 0)).map((record) => {
      const decoded = decodeAsked(record);
      if (!decoded.ok) throw new Error('unreadable');
      return decoded.value;
    });
  const outcomesFrom = async (offset: number) =>
    (await testLog.all('outcomes', 0)).slice(offset).map((record: LogRecord) => {
      const decoded = decodeOutcome(record);
      if (!decoded.ok || decoded.value.kind !== 'outcome') throw new Error('unreadable');
      return decoded.value.outcome;
    });
  const FAILED = { kind: 'failed', reason: 'attempts_exhausted', disables: true } as const;
  const committed = async () => {
    const member = await testLog.log.join(
      { name: 'policies', topics: ['outcomes'] },
      { onClaim: async () => {}, onSlice: () => {}, onLose: async () => {}, onCrash: () => {} },
    );
    const at = await member.committed('outcomes', 0);
    await member.leave();
    return at?.offset;
  };

  describe('disable endpoints', () => {
    it('whose delivery failed for good, naming the term and the outcome that caused it', async () => {
      await testLog.append(
        'outcomes',
        1,
        anOutcome({}, retry(2, 1)),
        anOutcome({}, FAILED, { attempt: 2, term: 3, at: NOON + 9 }),
      );
      await start();
      await eventually(() =>
        expect(disabled).toEqual([
          {
            tenantId: 'acme',
            endpointId: 'wh_1',
            term: 3,
            reason: 'attempts_exhausted',
            cause: { partition: 1, offset: 1 },
            at: NOON + 9,
          },
        ]),
      );
    });

    it('never for a failure that does not disable, nor for a copy of an attempt that had another outcome first', async () => {
      await testLog.append(
        'outcomes',
        0,
        anOutcome({}, { ...FAILED, disables: false }),
        anOutcome({ eventId: 'evt_2' }, { kind: 'delivered' }),
        anOutcome({ eventId: 'evt_2' }, FAILED),
        anOutcome({ eventId: 'evt_3' }, { kind: 'failed', reason: 'gone', disables: true }),
      );
      await start();
      await eventually(() => expect(disabled.map(({ reason }) => reason)).toEqual(['gone']));
    });

    it('again and again until the command goes through, and only then move on', async () => {
      await testLog.append('outcomes', 0, anOutcome({}, FAILED));
      let refusals = 2;
      await start({
        disable: async (command) => {
          if (refusals > 0) {
            refusals -= 1;
            throw new Error('control is away');
          }
          disabled.push(command);
        },
      });
      await eventually(() => expect(disabled).toHaveLength(1));
      await stop();
      expect(await committed()).toBe(1);
    });

    it('without committing what was not done: the next owner does it', async () => {
      await testLog.append(
        'outcomes',
        0,
        anOutcome({}, { kind: 'delivered' }),
        anOutcome({ eventId: 'evt_2' }, FAILED),
      );
      let tried = 0;
      await start({
        disable: async () => {
          tried += 1;
          throw new Error('control is away');
        },
      });
      await eventually(() => expect(tried).toBeGreaterThan(0));
      await stop();
      expect(await committed()).not.toBe(2);
      await start();
      await eventually(() => expect(disabled).toHaveLength(1));
    });
  });

  describe('settle what an enabling found held', () => {
    const life = () => endpointLife('wh_1');

    /** `count` deliveries held under term 1 after a failure at offset 0; answers the endpoint's life so far. */
    const heldUp = async (count: number) => {
      const endpoint = life();
      await testLog.append('control', 0, aFact(endpoint.created()));
      for (let n = 1; n <= count; n += 1) await testLog.append('events', 0, anEvent(`evt_${n}`));
      await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_0' }, FAILED));
      await testLog.append('control', 0, aFact(endpoint.failed({ partition: 0, offset: 0 })));
      for (let n = 1; n <= count; n += 1) {
        await testLog.append(
          'outcomes',
          0,
          anOutcome({ eventId: `evt_${n}`, eventOffset: n - 1 }, { kind: 'held' }),
        );
      }
      return endpoint;
    };

    it('by asking for each delivery again, under a chain that is the position of the enabling', async () => {
      const endpoint = await heldUp(3);
      await start();
      const chain = await testLog.append(
        'control',
        0,
        aFact(endpoint.enabled('release', { partition: 0, offset: 0 })),
      );
      await eventually(async () => expect(await asked()).toHaveLength(3));
      expect((await asked()).map(({ ref, body }) => [ref, Buffer.from(body).toString()])).toEqual(
        [1, 2, 3].map((n) => [
          aRef({ eventId: `evt_${n}`, eventOffset: n - 1, chain, askedBy: 'release' }),
          `{"id":"evt_${n}"} for wh_1`,
        ]),
      );
      expect(settled).toEqual(['released', 'released', 'released']);
    });

    it('leaving out what is no longer held: delivered by a replay, held for another endpoint', async () => {
      const endpoint = await heldUp(3);
      await testLog.append(
        'outcomes',
        0,
        anOutcome({ eventId: 'evt_2', chain: 9, askedBy: 'replay', eventOffset: 1 }, { kind: 'delivered' }),
        anOutcome({ eventId: 'evt_2', eventOffset: 1 }, retry(2, 1)),
        anOutcome({ eventId: 'evt_9', endpointId: 'wh_2', eventOffset: 1 }, { kind: 'held' }),
      );
      await start();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await eventually(async () => {
        expect((await asked()).map(({ ref }) => ref.eventId)).toEqual(['evt_1', 'evt_3']);
      });
    });

    it('by cancelling each, where that was the choice', async () => {
      const endpoint = await heldUp(2);
      await start();
      const chain = await testLog.append(
        'control',
        0,
        aFact(endpoint.enabled('discard', { partition: 0, offset: 0 })),
      );
      await eventually(async () => expect(await outcomesFrom(3)).toHaveLength(2));
      expect(await outcomesFrom(3)).toMatchObject([
        { ref: { eventId: 'evt_1', chain }, term: 2, decision: { kind: 'cancelled', reason: 'discarded' } },
        { ref: { eventId: 'evt_2', chain }, term: 2, decision: { kind: 'cancelled', reason: 'discarded' } },
      ]);
      expect(await asked()).toEqual([]);
    });

    it('not at all, where they are to be kept; neither then nor by a later enabling', async () => {
      const endpoint = await heldUp(2);
      await start();
      await testLog.append('control', 0, aFact(endpoint.enabled('keep', { partition: 0, offset: 0 })));
      const at = await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_0' }, FAILED, { term: 2 }));
      await testLog.append('control', 0, aFact(endpoint.failed({ partition: 0, offset: at })));
      await testLog.append(
        'outcomes',
        0,
        anOutcome(
          { eventId: 'evt_1', endpointId: 'wh_1', chain: 50, eventOffset: 0 },
          { kind: 'held' },
          { term: 2 },
        ),
        anOutcome({ eventId: 'evt_2', chain: 51, eventOffset: 1 }, { kind: 'held' }, { term: 1 }),
      );
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: at })));
      await eventually(async () => expect((await asked()).map(({ ref }) => ref.eventId)).toEqual(['evt_1']));
    });

    it('and what appears later, held under that old term, by the same choice', async () => {
      const endpoint = await heldUp(1);
      await start();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await eventually(async () => expect(await asked()).toHaveLength(1));
      await testLog.append(
        'outcomes',
        0,
        anOutcome(
          { eventId: 'evt_1', endpointId: 'wh_1', deliveryId: uuidOf('late'), eventOffset: 0 },
          { kind: 'held' },
        ),
      );
      await eventually(async () => expect(await asked()).toHaveLength(2));
    });

    it('as expired, where the log no longer holds the event, or holds another one there', async () => {
      const endpoint = await heldUp(1);
      await testLog.append(
        'outcomes',
        0,
        anOutcome({ eventId: 'evt_7', eventOffset: 7_000 }, { kind: 'held' }),
        anOutcome({ eventId: 'evt_8', eventOffset: 0 }, { kind: 'held' }),
      );
      await start();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await eventually(async () => expect(await outcomesFrom(4)).toHaveLength(2));
      expect((await outcomesFrom(4)).map(({ ref, decision }) => [ref.eventId, decision.kind])).toEqual([
        ['evt_7', 'expired'],
        ['evt_8', 'expired'],
      ]);
    });

    it('not where the enabling itself did not apply (a stale version)', async () => {
      const endpoint = await heldUp(1);
      endpoint.deleted();
      await start();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_9' }, FAILED));
      await eventually(() => expect(disabled.length).toBe(2));
      expect(await asked()).toEqual([]);
    });

    it('at the rate that was configured', async () => {
      const endpoint = await heldUp(30);
      await start({ releasesPerSecond: 100 });
      const began = performance.now();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await eventually(async () => expect(await asked()).toHaveLength(30));
      expect(performance.now() - began).toBeGreaterThan(180);
    });

    it('each exactly once, however often the owner dies in between', async () => {
      const COUNT = 200;
      const endpoint = await heldUp(COUNT);
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      for (let owner = 1; owner <= 5; owner += 1) {
        // A process of its own, killed at another point of the release each time.
        const log = new MemoryLog(testLog.store);
        let memberId = '';
        let alive = true;
        const dying = new Proxy(log, {
          get: (target, name) => {
            if (name === 'append' && !alive) return () => new Promise(() => {});
            if (name === 'join') {
              return async (...args: Parameters<MemoryLog['join']>) => {
                const group = await target.join(...args);
                memberId = group.memberId;
                return group;
              };
            }
            const value: unknown = Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
        await start({ log: dying, releasesPerSecond: 200 });
        await eventually(async () =>
          expect((await asked()).length).toBeGreaterThanOrEqual(Math.min(COUNT, owner * 30)),
        );
        alive = false;
        testLog.store.crash(memberId);
        running.splice(0);
      }
      await start();
      await eventually(async () => expect((await asked()).length).toBeGreaterThanOrEqual(COUNT));
      await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_end' }, FAILED));
      await eventually(() => expect(disabled.some(({ cause }) => cause.offset === COUNT + 1)).toBe(true));
      const ids = (await asked()).map(({ ref }) => ref.deliveryId);
      expect(new Set(ids).size).toBe(COUNT);
      expect(ids).toHaveLength(COUNT);
    }, 20_000);

    it('also where it happens while the owner is about to leave: the next one does it', async () => {
      const endpoint = await heldUp(3);
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      const disables: number[] = [];
      await start({
        disable: ({ cause }) => {
          disables.push(cause.offset);
          return cause.offset === 0 ? Promise.resolve() : gate;
        },
      });
      // It has passed what is held, and has something else in hand.
      await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_end' }, FAILED));
      await eventually(() => expect(disables).toEqual([0, 4]));
      const leaving = stop();
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      for (let turns = 0; turns < 50; turns += 1) await turn();
      open();
      await leaving;
      await start();
      await eventually(async () => expect(await asked()).toHaveLength(3));
    });

    it('whoever owns the partition when it happens, and not again at the next start', async () => {
      const endpoint = await heldUp(5);
      await testLog.append('control', 0, aFact(endpoint.enabled('release', { partition: 0, offset: 0 })));
      await Promise.all([start(), start()]);
      await eventually(async () => expect(await asked()).toHaveLength(5));
      await stop();
      await start();
      await testLog.append('outcomes', 0, anOutcome({ eventId: 'evt_end' }, FAILED));
      await eventually(() => expect(disabled.some(({ cause }) => cause.offset === 6)).toBe(true));
      expect(await asked()).toHaveLength(5);
    });
  });
});
