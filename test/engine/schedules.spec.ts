import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryLog, MemoryStore } from '#log';
import { DispatcherRig, PARTITIONS } from '../support/dispatcher-rig.ts';

const S = 1_000;
const M = 60 * S;
const H = 60 * M;

/** Each contract's schedule to its end: DESIGN §8, from the pages themselves. */
const schedules = [
  { contract: 'hyperspell', waits: [4 * S, 16 * S, M, M], last: 'failed', disables: false },
  {
    contract: 'hypertune',
    waits: [16 * S, M, 5 * M, 30 * M, 2 * H, 2 * H, 2 * H],
    last: 'failed',
    disables: false,
  },
  { contract: 'hyperleap', waits: [S, 4 * S, 16 * S], last: 'failed', disables: false },
  { contract: 'hyprwatch', waits: [M, 5 * M, 30 * M, 2 * H], last: 'failed', disables: true },
  {
    contract: 'standard-webhooks',
    waits: [16 * S, M, 5 * M, 30 * M, 2 * H, 2 * H, 2 * H],
    last: 'failed',
    disables: false,
  },
] as const;

describe('with the clock in our hands', () => {
  let rig: DispatcherRig;

  beforeEach(async () => {
    jest.useFakeTimers({ now: 1_800_000_000_000, doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    const log = new MemoryLog(new MemoryStore());
    await log.ensureTopics(PARTITIONS);
    rig = new DispatcherRig(log);
    await rig.open();
  });

  afterEach(async () => {
    const closed = rig.close();
    await jest.advanceTimersByTimeAsync(5_000);
    await closed;
    await rig.log.close();
    jest.useRealTimers();
    expect(rig.crashes).toEqual([]);
  });

  it.each(schedules)(
    '$contract: every attempt at its time, then $last',
    async ({ contract, waits, last, disables }) => {
      rig.sender.answer = () => 500;
      const endpoint = await rig.endpoint(await rig.tenant(contract));
      await rig.publish(rig.control.table.endpoint(endpoint)!.tenantId);
      await jest.advanceTimersByTimeAsync(12 * H);

      const sent = rig.sender.to(rig.url(endpoint));
      expect(sent).toHaveLength(waits.length + 1);
      waits.forEach((wait, n) => {
        const gap = sent[n + 1]!.at - sent[n]!.at;
        expect(gap).toBeGreaterThanOrEqual(wait);
        expect(gap).toBeLessThan(wait + 50);
      });
      // The same bytes every time (P7).
      expect(new Set(sent.map(({ body }) => Buffer.from(body).toString())).size).toBe(1);

      const outcomes = await rig.outcomes();
      expect(outcomes.map(({ attempt, decision }) => [attempt, decision.kind])).toEqual(
        sent.map((_, n) => [n + 1, n === waits.length ? last : 'retry']),
      );
      expect(outcomes.at(-1)?.decision).toEqual({ kind: 'failed', reason: 'attempts_exhausted', disables });
    },
  );

  it('hyperspell: what cannot start within 280 s of its timestamp expires', async () => {
    // Each attempt takes its full ten seconds and the event was 150 s old when it came.
    rig.sender.answer = () => 'timeout';
    const tenant = await rig.tenant('hyperspell');
    const endpoint = await rig.endpoint(tenant);
    await rig.publish(tenant, { occurredAt: Date.now() - 150 * S });
    await jest.advanceTimersByTimeAsync(H);
    const sent = rig.sender.to(rig.url(endpoint));
    // 150, 154, 170, 230 s; the fifth would start at 290 s.
    expect(sent).toHaveLength(4);
    expect((await rig.outcomes()).at(-1)?.decision).toEqual({ kind: 'expired' });
  });

  it('hypertune: recovers on the third attempt, and is left alone', async () => {
    rig.sender.answer = (_, nth) => (nth < 2 ? 503 : 204);
    const tenant = await rig.tenant('hypertune');
    const endpoint = await rig.endpoint(tenant);
    await rig.publish(tenant);
    await jest.advanceTimersByTimeAsync(12 * H);
    expect(rig.sender.to(rig.url(endpoint))).toHaveLength(3);
    expect((await rig.outcomes()).map(({ decision }) => decision.kind)).toEqual([
      'retry',
      'retry',
      'delivered',
    ]);
  });

  it('standard-webhooks: honours Retry-After within 2 h; the others keep to their schedule', async () => {
    rig.sender.answer = (_, nth) => (nth === 0 ? { status: 429, retryAfterMs: 90 * S } : 200);
    const wait = async (contract: string) => {
      const tenant = await rig.tenant(contract);
      const endpoint = await rig.endpoint(tenant);
      await rig.publish(tenant);
      await jest.advanceTimersByTimeAsync(3 * H);
      const [first, second] = rig.sender.to(rig.url(endpoint));
      return second!.at - first!.at;
    };
    const patient = await wait('standard-webhooks');
    expect(patient).toBeGreaterThanOrEqual(90 * S);
    expect(patient).toBeLessThan(90 * S + 1_050);
    expect(await wait('hyprwatch')).toBeLessThan(M + 50);
    expect(await wait('hyperleap')).toBeLessThan(S + 50);
  });

  it('standard-webhooks: 410 ends it at once and asks for the endpoint to be disabled; elsewhere it is a failure like any', async () => {
    rig.sender.answer = () => 410;
    const gone = await rig.tenant('standard-webhooks');
    await rig.endpoint(gone);
    await rig.publish(gone);
    await jest.advanceTimersByTimeAsync(H);
    expect((await rig.outcomes()).map(({ decision }) => decision)).toEqual([
      { kind: 'failed', reason: 'gone', disables: true },
    ]);
    const leap = await rig.tenant('hyperleap');
    const endpoint = await rig.endpoint(leap);
    await rig.publish(leap);
    await jest.advanceTimersByTimeAsync(H);
    expect(rig.sender.to(rig.url(endpoint))).toHaveLength(4);
  });
});
