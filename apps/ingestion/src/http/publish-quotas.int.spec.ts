import { afterEach, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { noTenantLimits, type TenantLimits } from '#domain';
import { eventually } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';
import { tenantCreated } from '../testing/tenant-created.ts';

describe('publishing over the quota of a tenant', () => {
  let app: StartedIngestion;
  let now = 0;
  afterEach(() => app[Symbol.asyncDispose]());

  async function start(limits: Partial<TenantLimits>, defaults: Partial<TenantLimits> = {}): Promise<void> {
    app = await StartedIngestion.start({
      clock: { now: () => Date.now(), monotonic: () => now },
      quotas: { ...noTenantLimits, ...defaults },
    });
    const fact = tenantCreated('plan', 'standard-webhooks');
    await app.append({ ...fact, limits: { ...noTenantLimits, ...limits } } as typeof fact);
    await app.addKey('plan', 'plan', ['events:write']);
    await eventually(() => expect(app.control.table.tenant('plan')).toBeDefined());
  }
  const publish = (body: object) => app.publish(body, { headers: { authorization: 'Bearer plan' } });
  const event = { type: 'a.b', data: {} };

  it('is 429 with a time to come back, and nothing of it is in the log', async () => {
    await start({ eventsPerSecond: 2 });
    expect([(await publish(event)).status, (await publish(event)).status]).toEqual([202, 202]);
    const refused = await publish({ id: 'over', ...event });
    expect(refused).toMatchObject({ status: 429, json: { code: 'quota_exceeded', status: 429 } });
    expect(refused.headers['retry-after']).toBe('1');
    expect((await app.publish(event)).status).toBe(202);
    now += 500;
    expect((await publish({ id: 'over', ...event })).status).toBe(202);
    expect((await publish(event)).status).toBe(429);
    expect((await app.events()).filter(({ tenantId }) => tenantId === 'plan')).toHaveLength(3);
  });

  it('is told for each event of a batch', async () => {
    await start({ eventsPerSecond: 3 });
    const answer = await publish(Array.from({ length: 5 }, (_, n) => ({ id: `b-${n}`, ...event })));
    expect(answer.status).toBe(207);
    expect(answer.headers['retry-after']).toBe('1');
    const entries = answer.json as { status: string; problem?: object }[];
    expect(entries.map(({ status }) => status)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'refused',
      'refused',
    ]);
    expect(entries[4]!.problem).toMatchObject({ status: 429, code: 'quota_exceeded' });
  });

  it('is 413 for data that its plan does not carry', async () => {
    await start({ maxPayloadBytes: 100 });
    expect((await publish({ type: 'a.b', data: { x: 'y'.repeat(92) } })).status).toBe(202);
    const refused = await publish({ type: 'a.b', data: { x: 'y'.repeat(93) } });
    expect(refused).toMatchObject({
      status: 413,
      json: { code: 'payload_too_large', errors: [{ pointer: '/data' }] },
    });
  });

  it('goes by the installation where the tenant’s own say nothing, and by a change at once', async () => {
    await start({}, { eventsPerSecond: 1 });
    expect([(await publish(event)).status, (await publish(event)).status]).toEqual([202, 429]);
    const limits = { ...noTenantLimits, eventsPerSecond: 1_000 };
    const head = { tenantId: 'plan', version: 2, at: 2, name: 'plan', attributes: {}, entitled: true };
    await app.append({ type: 'tenant.updated', ...head, limits });
    await eventually(() => expect(app.control.table.tenant('plan')?.limits).toEqual(limits));
    now += 2;
    expect((await publish(event)).status).toBe(202);
  });
});
