import type { Decision, DeliveryRef } from '#domain';
import { encodeOutcome, MemoryLog, MemoryStore } from '#log';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OutcomeFollower } from './outcome-follower.ts';

const PARTITION = 1;
const LONG = 10_000;
let log: MemoryLog;
let follower: OutcomeFollower;

beforeEach(async () => {
  log = new MemoryLog(new MemoryStore());
  await log.ensureTopics(2);
  follower = new OutcomeFollower(log);
});

afterEach(async () => {
  await follower.stop();
  await log.close();
});

const ref: DeliveryRef = {
  deliveryId: '11111111-2222-5333-8444-555555555555',
  tenantId: 'ten_one',
  endpointId: 'wh_one',
  eventId: 'evt_one',
  eventType: 'host.online',
  chain: 7,
  askedBy: 'test',
  eventOffset: null,
  occurredAt: 1,
  acceptedAt: 1,
};

const comes = (decision: Decision, more: Partial<DeliveryRef> = {}) => {
  const outcome = { ref: { ...ref, ...more }, attempt: 1, step: 0, term: 1, at: 5, decision };
  const encoded = encodeOutcome({ kind: 'outcome', outcome, detail: null });
  return log.append([{ topic: 'outcomes', partition: PARTITION, ...encoded }]);
};
const next = { attempt: 1, step: 1, dueAt: 9, hops: ['4s'] } as const;

describe('waiting for what comes of a test', () => {
  it('tells the outcome of its own chain, whether it comes before or after it is asked for', async () => {
    const early = await follower.begin(PARTITION);
    await comes({ kind: 'delivered' });
    expect(await early.until(ref.deliveryId, 7, LONG)).toMatchObject({ decision: { kind: 'delivered' } });
    const late = await follower.begin(PARTITION);
    const seen = late.until(ref.deliveryId, 8, LONG);
    await comes({ kind: 'delivered' });
    await comes({ kind: 'deferred', next }, { chain: 8 });
    await comes({ kind: 'failed', reason: 'attempts_exhausted', disables: false }, { chain: 8 });
    expect(await seen).toMatchObject({ decision: { kind: 'failed' } });
    await Promise.all([early.stop(), late.stop()]);
  });

  it('begins where outcomes end: what was there before is another asking', async () => {
    await comes({ kind: 'delivered' });
    const watching = await follower.begin(PARTITION);
    expect(await watching.until(ref.deliveryId, 7, 20)).toBeUndefined();
    await watching.stop();
  });

  it('gives up when its time has passed, or at once when the process stops', async () => {
    const watching = await follower.begin(PARTITION);
    expect(await watching.until(ref.deliveryId, 7, 20)).toBeUndefined();
    const another = await follower.begin(PARTITION);
    const seen = another.until(ref.deliveryId, 7, LONG);
    await follower.stop();
    expect(await seen).toBeUndefined();
    expect(await another.until(ref.deliveryId, 7, LONG)).toBeUndefined();
  });
});
