import createClient, { type Middleware } from 'openapi-fetch';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';
import type { components, paths } from '../../docs/openapi.d.ts';

/** The compiler judges the first half (`npm run types`): paths, parameters, bodies and answers are those of the document. */
describe('a client generated from the document', () => {
  const customer = new CustomerServer();
  let engine: EngineUnderTest;
  let receiver = '';

  beforeAll(async () => {
    receiver = await customer.open();
    engine = await openEngine('generated-client');
  }, 180_000);
  afterAll(async () => {
    await engine?.remove();
    await customer.close();
  }, 180_000);

  const clientOf = (key: string) => {
    const client = createClient<paths>({ baseUrl: engine.urlFor('GET', '/') });
    const authorize: Middleware = {
      onRequest: ({ request }) => {
        request.headers.set('authorization', `Bearer ${key}`);
      },
    };
    client.use(authorize);
    return client;
  };

  it('makes a tenant, registers a webhook, publishes, and reads what became of it', async () => {
    const root = clientOf(engine.rootKey);
    const tenant = await root.POST('/api/v1/tenants', {
      body: { name: 'Client', contract: 'hyprwatch' },
      params: { header: { 'Idempotency-Key': 'tenant-of-the-client' } },
    });
    const id: string = tenant.data?.id ?? '';
    const made = await root.POST('/api/v1/keys', { body: { name: 'client', tenant: id } });
    const client = clientOf(made.data?.key ?? '');

    const webhook = await client.POST('/api/v1/webhooks', { body: { url: `${receiver}/client` } });
    const secret: string | null | undefined = webhook.data?.secret;
    expect(secret).toMatch(/^whsec_/);
    const { data: published } = await client.POST('/api/v1/events', {
      body: {
        id: 'evt_client',
        type: 'host.online',
        data: { host_id: 'h_1', hostname: 'web-1', platform: 'linux' },
      },
    });
    expect(published).toEqual({ id: 'evt_client', status: 'accepted' });

    const delivery = await eventually(async () => {
      const { data } = await client.GET('/api/v1/deliveries', {
        params: { query: { status: 'delivered', code_class: '2xx', since: '2026-01-01T00:00:00Z' } },
      });
      const [first]: components['schemas']['Delivery'][] = data?.data ?? [];
      if (first === undefined) throw new Error('not delivered yet');
      return first;
    });
    const { data: detail } = await client.GET('/api/v1/deliveries/{id}', {
      params: { path: { id: delivery.id } },
    });
    expect(detail?.attempt_log.map(({ result }) => result)).toEqual(['delivered']);
    const { response } = await client.POST('/api/v1/deliveries/{id}/retry', {
      params: { path: { id: delivery.id } },
      body: {},
    });
    expect(response.status).toBe(202);
    await eventually(() => expect(customer.at('/client')).toHaveLength(2));
  });

  it('is told of refusals as the document types them', async () => {
    const { error } = await clientOf(engine.rootKey).POST('/api/v1/webhooks', {
      body: { url: 'https://10.0.0.1/', tenant: 'nobody' },
    });
    const code: components['schemas']['Problem']['code'] | undefined = error?.code;
    expect(code).toBe('not_found');
  });

  it('meets the document that it was generated from', async () => {
    const served = await fetch(`${engine.urlFor('GET', '/')}/openapi.json`);
    expect(served.headers.get('content-type')).toBe('application/json');
    const { readDocument } = await import('../support/rest-document/document-index.ts');
    expect(await served.json()).toEqual(readDocument());
    const page = await fetch(`${engine.urlFor('GET', '/')}/docs`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await page.text()).toContain('createWebhook');
  });
});
