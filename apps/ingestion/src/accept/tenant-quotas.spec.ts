import { describe, expect, it } from '@jest/globals';
import { jsonOf } from '#contracts';
import { noTenantLimits, type TenantLimits, type TenantState } from '#domain';
import { TenantQuotas } from './tenant-quotas.ts';

const tenant = (limits: Partial<TenantLimits> = {}, id = 'acme'): TenantState => ({
  id,
  name: id,
  contract: 'standard-webhooks',
  attributes: {},
  secret: null,
  entitled: true,
  limits: { ...noTenantLimits, ...limits },
  version: 1,
  createdAt: 1,
});
const quotasOf = (defaults: Partial<TenantLimits>, now: () => number) =>
  new TenantQuotas({ ...noTenantLimits, ...defaults }, now);
const monotonic = () => performance.now();

describe('the quotas of a tenant', () => {
  it('are its own where it has some, else the installation’s, else none', () => {
    const quotas = quotasOf({ eventsPerSecond: 1 }, () => 0);
    quotas.take(tenant());
    expect(() => quotas.take(tenant())).toThrow(expect.objectContaining({ code: 'quota_exceeded' }));
    for (let n = 0; n < 5; n += 1) quotas.take(tenant({ eventsPerSecond: 5 }, 'other'));
    expect(() => quotas.take(tenant({ eventsPerSecond: 5 }, 'other'))).toThrow('5 events a second');
    const free = quotasOf({}, () => 0);
    for (let n = 0; n < 1_000; n += 1) free.take(tenant());
  });

  it('say when to come back', () => {
    const quotas = quotasOf({ eventsPerSecond: 1 }, () => 0);
    quotas.take(tenant());
    expect(() => quotas.take(tenant())).toThrow(
      expect.objectContaining({
        headers: { 'retry-after': '1' },
        message: expect.stringContaining('1 events'),
      }),
    );
  });

  it('measure the data as it is sent, and point at it', () => {
    const quotas = quotasOf({ maxPayloadBytes: 20 }, () => 0);
    quotas.checkPayload(tenant(), jsonOf({ text: '123456789' }));
    quotas.checkPayload(tenant(), null);
    const large = jsonOf({ text: '1234567890' });
    expect(() => quotas.checkPayload(tenant(), large)).toThrow(
      expect.objectContaining({
        code: 'payload_too_large',
        errors: [expect.objectContaining({ pointer: '/data' })],
      }),
    );
    quotas.checkPayload(tenant({ maxPayloadBytes: 21 }), large);
  });

  it('are waited for in the order of asking by those that can wait, as fast as the rate allows', async () => {
    const quotas = quotasOf({}, monotonic);
    const limited = tenant({ eventsPerSecond: 50 });
    const { signal } = new AbortController();
    const began = monotonic();
    const turns: number[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        await quotas.turn(limited, signal);
        turns.push(n);
      }),
    );
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    expect(monotonic() - began).toBeGreaterThanOrEqual(199);
    expect(quotas.turn(tenant({}, 'other'), signal)).toBeUndefined();
  });

  it('let go of those that are given up, and go on with the next', async () => {
    const quotas = quotasOf({}, monotonic);
    const limited = tenant({ eventsPerSecond: 10 });
    const given = new AbortController();
    for (let n = 0; n < 10; n += 1) quotas.take(limited);
    const first = quotas.turn(limited, given.signal);
    const second = quotas.turn(limited, new AbortController().signal);
    given.abort();
    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(second).resolves.toBeUndefined();
  });
});
