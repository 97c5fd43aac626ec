import { eventually, EventStream } from '#testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

interface Change {
  readonly webhooks: boolean;
  readonly deliveries: boolean;
  readonly replays: boolean;
}

describe('a page that listens', () => {
  const customer = new CustomerServer();
  let engine: EngineUnderTest;

  beforeAll(async () => {
    const receiver = await customer.open();
    engine = await openEngine('live');
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hyprwatch' });
    await engine.must('POST', '/webhooks', { tenant: 'acme', url: `${receiver}/hook` });
  }, 180_000);
  afterAll(async () => {
    await engine?.remove();
    await customer.close();
  }, 180_000);

  const listen = (key: string, query = '') =>
    EventStream.open(`${engine.urlFor('GET', '/live')}/api/v1/live${query}`, {
      authorization: `Bearer ${key}`,
    });

  it('hears of a delivery soon after it was made, of figures every second, and of the engine’s stop', async () => {
    const { token } = await engine.must<{ token: string }>('POST', '/tenants/acme/portal-tokens', {});
    const page = await listen(token);
    const operator = await listen(engine.rootKey, '?stats=true');
    const [first] = await eventually(() => {
      expect(page.of('changed').length).toBeGreaterThan(0);
      return page.of('changed') as Change[];
    });
    expect(first).toEqual({ webhooks: true, deliveries: true, replays: true });

    const event = { type: 'host.online', data: { host_id: 'h', hostname: 'web', platform: 'linux' } };
    await engine.must('POST', '/events', { ...event, tenant: 'acme' });
    const later = await eventually(() => {
      const changes = (page.of('changed') as Change[]).slice(1);
      expect(changes.some(({ deliveries }) => deliveries)).toBe(true);
      return changes;
    });
    expect(later.some(({ webhooks }) => webhooks)).toBe(false);
    // What it is told of is there to be read.
    const { data } = await engine.must<{ data: { status: string }[] }>(
      'GET',
      '/deliveries',
      undefined,
      token,
    );
    expect(data.map(({ status }) => status)).toEqual(['delivered']);

    await eventually(() => {
      const stats = operator.of('stats') as { attempts: { delivered: number } }[];
      expect(stats.at(-1)?.attempts.delivered).toBe(1);
    });
    expect(await engine.stop()).toContain(0);
    await eventually(() => {
      for (const stream of [page, operator]) {
        expect([stream.isEnded, stream.of('end')]).toEqual([true, [{ reason: 'stopping' }]]);
      }
    });
  }, 120_000);
});
