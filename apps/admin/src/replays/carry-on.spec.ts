import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeOutcome, LogError, type NewRecord } from '#log';
import { eventually } from '#testkit';
import { PARTITION, ReplayRig, TENANT, uuidOf } from '../../fixtures/replay-rig.ts';
import { carryOn } from './carry-on.ts';
import type { ReplayWorld } from './replay-world.ts';

let rig: ReplayRig;
const unending = new AbortController().signal;
const carrier = { mayAct: () => true, signal: unending };

beforeEach(async () => {
  rig = new ReplayRig();
  await rig.open();
});
afterEach(() => rig.close());

const idsOf = async () => (await rig.asked()).map(({ ref }) => ref.deliveryId);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => uuidOf(n));

/** A process that dies at its n-th append, before or after the records are durable. */
function dying(at: number, when: 'before' | 'after'): Pick<ReplayWorld, 'log'> {
  let appends = 0;
  const append = async (records: readonly NewRecord[]) => {
    appends += 1;
    if (appends < at) return rig.log.append(records);
    if (appends === at && when === 'after') await rig.log.append(records);
    throw new LogError('log_closed', 'the process is dead');
  };
  const { log } = rig;
  return {
    log: {
      append,
      read: (...given) => log.read(...given),
      startOffsets: (topic) => log.startOffsets(topic),
      endOffsets: (topic) => log.endOffsets(topic),
      join: (...given) => log.join(...given),
    },
  };
}

describe('carrying a job on', () => {
  it('asks for each delivery once, in order, under the position of the fact that started it (R2)', async () => {
    rig.failed(250);
    rig.failed(3, { status: 'delivered' }, 250);
    const job = await rig.job({ total: 250 });
    await carryOn(rig.world(), job.id, carrier);
    expect(await idsOf()).toEqual(numbers(250));
    const [first] = await rig.asked();
    expect(first).toMatchObject({
      ref: { tenantId: TENANT, endpointId: 'wh_one', eventId: 'evt_0', askedBy: 'replay', chain: job.chain },
    });
    expect(Buffer.from(first!.body).toString()).toBe('{"n":0}');
    expect(rig.jobNow(job.id)).toMatchObject({
      status: 'finished',
      progress: { asked: 250, skipped: {}, askedFrom: 250 },
    });
  });

  it.each([
    ['before', 1],
    ['after', 1],
    ['before', 3],
    ['after', 3],
  ] as const)(
    'asks for nothing twice when the process dies %s append %i is durable, however long ago that was',
    async (when, at) => {
      rig.failed(250);
      const job = await rig.job({ total: 250 });
      await expect(carryOn(rig.world(dying(at, when)), job.id, carrier)).rejects.toThrow('dead');
      await carryOn(rig.world(), job.id, carrier);
      // Exactly, in the log itself: nothing is left to the memory of dispatchers (R3, R5).
      expect((await idsOf()).toSorted()).toEqual(numbers(250));
      expect(rig.jobNow(job.id)).toMatchObject({ status: 'finished', progress: { asked: 250, skipped: {} } });
    },
  );

  it('asks for nothing twice either where the tables have seen the first asking', async () => {
    rig.failed(250);
    const job = await rig.job({ total: 250 });
    await expect(carryOn(rig.world(dying(2, 'after')), job.id, carrier)).rejects.toThrow('dead');
    await rig.project();
    await carryOn(rig.world(), job.id, carrier);
    expect((await idsOf()).toSorted()).toEqual(numbers(250));
    expect(rig.jobNow(job.id).progress).toMatchObject({ asked: 250 });
  });

  it('by two processes at once asks for copies only, and one of them stops', async () => {
    rig.failed(3_000);
    const job = await rig.job({ total: 3_000 });
    const ends = await Promise.allSettled([
      carryOn(rig.world(), job.id, carrier),
      carryOn(rig.world(), job.id, carrier),
    ]);
    expect(ends.map(({ status }) => status)).toContain('fulfilled');
    expect(new Set(await idsOf()).size).toBe(3_000);
    expect(new Set((await rig.asked()).map(({ ref }) => ref.chain))).toEqual(new Set([job.chain]));
    await carryOn(rig.world(), job.id, carrier);
    expect(rig.jobNow(job.id)).toMatchObject({ status: 'finished', progress: { asked: 3_000 } });
  });

  it('stops where it is paused, with true counts, and goes on from there', async () => {
    rig.failed(500);
    const job = await rig.job({ total: 500 });
    let appends = 0;
    const { log, writer } = rig;
    const pausing: ReplayWorld['log'] = {
      ...dying(Infinity, 'before').log,
      append: async (records) => {
        appends += 1;
        if (appends === 2) await writer.replay(job.id, { type: 'pause', at: 2 }, 'test');
        return log.append(records);
      },
    };
    await carryOn(rig.world({ log: pausing }), job.id, carrier);
    expect(rig.jobNow(job.id)).toMatchObject({ status: 'paused', progress: { asked: 200, askedFrom: 200 } });
    await writer.replay(job.id, { type: 'resume', at: 3 }, 'test');
    await carryOn(rig.world(), job.id, carrier);
    expect(await idsOf()).toEqual(numbers(500));
  });

  it('stops where it is cancelled, for ever', async () => {
    rig.failed(10);
    const job = await rig.job();
    await rig.writer.replay(job.id, { type: 'cancel', at: 2 }, 'test');
    await carryOn(rig.world(), job.id, carrier);
    expect(await idsOf()).toEqual([]);
  });

  it('keeps its rate, and takes a new one at once', async () => {
    rig.failed(60);
    const job = await rig.job({ ratePerSecond: 100 });
    const began = performance.now();
    const work = carryOn(rig.world(), job.id, carrier);
    await rig.writer.replay(job.id, { type: 'set-rate', ratePerSecond: 50, at: 2 }, 'test');
    await work;
    expect(await idsOf()).toEqual(numbers(60));
    // 60 at 50 a second, but for the second that a pace may be ahead at the start.
    expect(performance.now() - began).toBeGreaterThan(150);
    expect(rig.jobNow(job.id).progress.asked).toBe(60);
  });

  it('counts each that it leaves out by its reason', async () => {
    rig.failed(1);
    rig.failed(2, { endpointId: 'wh_gone' }, 1);
    rig.failed(1, {}, 3);
    rig.history.events.pop();
    await rig.endpoint('wh_off');
    await rig.writer.endpoint('wh_off', { type: 'turn-off', heldFrom: null, at: 2 }, 'test');
    rig.failed(3, { endpointId: 'wh_off' }, 4);
    const job = await rig.job({ total: 8 });
    await carryOn(rig.world(), job.id, carrier);
    expect(await idsOf()).toEqual([uuidOf(0)]);
    expect(rig.jobNow(job.id).progress).toMatchObject({
      asked: 1,
      skipped: { webhook_deleted: 2, event_gone: 1, webhook_inactive: 3, changed_meanwhile: 1 },
    });
  });

  it('goes to endpoints that are off only where it was told to (R24)', async () => {
    await rig.writer.endpoint('wh_one', { type: 'turn-off', heldFrom: null, at: 2 }, 'test');
    rig.failed(2);
    const shy = await rig.job();
    await carryOn(rig.world(), shy.id, carrier);
    expect(await idsOf()).toEqual([]);
    const bold = await rig.job({ includeInactive: true });
    await carryOn(rig.world(), bold.id, carrier);
    expect(await idsOf()).toEqual(numbers(2));
  });

  it('makes the delivery that fan-out would have made of an event that was missed', async () => {
    rig.failed(3);
    await rig.endpoint('wh_new');
    const job = await rig.job({ selection: { what: 'missed', endpointId: 'wh_new', statuses: [] } });
    await carryOn(rig.world(), job.id, carrier);
    const asked = await rig.asked();
    expect(asked.map(({ ref }) => ref.eventId)).toEqual(['evt_0', 'evt_1', 'evt_2']);
    expect(asked[0]!.ref).toMatchObject({
      endpointId: 'wh_new',
      eventOffset: 0,
      acceptedAt: 1_700_000_000_000,
      chain: job.chain,
    });
    expect(new Set(asked.map(({ ref }) => ref.deliveryId)).size).toBe(3);
  });

  it('releases what is held as the engine would, and discards it by an outcome', async () => {
    rig.failed(2, { status: 'held', term: 1 });
    rig.failed(1, { status: 'held', term: 2 }, 2);
    const held = { what: 'held', endpointId: 'wh_one', statuses: [], terms: [1] } as const;
    const released = await rig.job({ action: 'release', selection: held });
    await carryOn(rig.world(), released.id, carrier);
    expect((await rig.asked()).map(({ ref }) => [ref.deliveryId, ref.askedBy])).toEqual([
      [uuidOf(0), 'release'],
      [uuidOf(1), 'release'],
    ]);
    const discarded = await rig.job({ action: 'discard', selection: { ...held, terms: [2] } });
    await carryOn(rig.world(), discarded.id, carrier);
    const record = await rig.log.readOne('outcomes', PARTITION, 0);
    expect(decodeOutcome(record!)).toMatchObject({
      value: {
        outcome: {
          ref: { deliveryId: uuidOf(2), chain: discarded.chain },
          term: 2,
          decision: { kind: 'cancelled', reason: 'discarded' },
        },
      },
    });
    expect(await idsOf()).toHaveLength(2);
  });

  it('waits until the tables have caught up, and asks for nothing before', async () => {
    rig.failed(2);
    rig.history.isBehind = true;
    const job = await rig.job();
    let looks = 0;
    const { replayPage } = rig.history;
    const projectedTo: ReplayWorld['history']['projectedTo'] = (partition) => {
      looks += 1;
      return rig.history.projectedTo(partition);
    };
    const work = carryOn(rig.world({ history: { replayPage, projectedTo } }), job.id, carrier);
    await eventually(() => expect(looks).toBeGreaterThan(1));
    expect(await idsOf()).toEqual([]);
    rig.history.isBehind = false;
    await work;
    expect(await idsOf()).toEqual(numbers(2));
  });
});

describe('carrying a Hyperspell job on', () => {
  it('leaves out what receivers would refuse, and sends it with a new time where asked', async () => {
    await rig.close();
    rig = new ReplayRig();
    await rig.open('hyperspell');
    rig.failed(1);
    const body =
      '{"event":"index-started","app":"a","user_id":null,"source":"s","resource_id":null,"timestamp":1}';
    rig.history.events[0] = { ...rig.history.events[0]!, body: Buffer.from(body) };
    const old = await rig.job();
    await carryOn(rig.world(), old.id, carrier);
    expect(rig.jobNow(old.id).progress.skipped).toEqual({ too_old: 1 });
    const stamped = await rig.job({ restamp: true });
    await carryOn(rig.world(), stamped.id, carrier);
    const [asked] = await rig.asked();
    expect(asked!.ref).toMatchObject({ occurredAt: rig.now(), restampedAt: rig.now() });
    expect(JSON.parse(Buffer.from(asked!.body).toString())).toMatchObject({ timestamp: 1_800_000_000 });
  });
});
