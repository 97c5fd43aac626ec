import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

describe('webhooks about webhooks', () => {
  const server = new CustomerServer(({ path }) => (path === '/gone' ? 410 : 200));
  let engine: EngineUnderTest;

  beforeAll(async () => {
    engine = await openEngine('operator-events', { HYPERHOOK_OPERATOR_TENANT: 'ops' });
  }, 180_000);
  afterAll(async () => {
    await engine?.remove();
    await server.close();
  }, 120_000);

  it('tell the operator what was disabled, what failed and what was rotated, signed as any webhook is', async () => {
    const url = await server.open();
    for (const id of ['ops', 'acme']) {
      await engine.must('POST', '/tenants', { id, name: id, contract: 'standard-webhooks' });
    }
    const told = await engine.must<{ secret: string }>('POST', '/webhooks?tenant=ops', {
      url: `${url}/told`,
    });
    // The operator's own: that it is gone must be told to nobody.
    await engine.must('POST', '/webhooks?tenant=ops', { url: `${url}/gone`, events: ['secret.rotated'] });
    const gone = await engine.must<{ id: string }>('POST', '/webhooks?tenant=acme', { url: `${url}/gone` });
    await engine.must('POST', `/webhooks/${gone.id}/rotate-secret`, {});
    await engine.must('POST', '/events', { tenant: 'acme', type: 'order.paid', data: {} });

    const bodies = await eventually(() => {
      const read = server.at('/told').map(({ body }) => JSON.parse(body.toString()));
      const types = new Set(read.map(({ type }) => type));
      expect(types).toEqual(new Set(['delivery.failed', 'endpoint.failed', 'secret.rotated']));
      expect(read).toHaveLength(3);
      return read;
    }, 30_000);
    for (const { data } of bodies) expect(data).toMatchObject({ tenant: 'acme', webhook_id: gone.id });

    const [{ headers, body }] = server.at('/told') as [ReturnType<typeof server.at>[0]];
    const key = Buffer.from(told.secret.slice('whsec_'.length), 'base64');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
    const digest = createHmac('sha256', key).update(signed).update(body).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${digest}`);

    // Its own endpoint was disabled meanwhile, and of that no event was made.
    await eventually(async () => {
      const { data } = await engine.must<{ data: { status: string }[] }>('GET', '/webhooks?tenant=ops');
      expect(data.map(({ status }) => status).toSorted()).toEqual(['active', 'failed']);
    }, 30_000);
    await engine.must('POST', `/webhooks/${gone.id}/rotate-secret`, {});
    await eventually(() => expect(server.at('/told')).toHaveLength(4), 30_000);
    await eventually(async () => {
      const { data } = await engine.must<{ data: object[] }>('GET', '/events?tenant=ops');
      expect(data).toHaveLength(4);
    }, 30_000);
  }, 120_000);
});
