import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createThrowAwayCa, eventually } from '#testkit';
import { samples } from '../../demo/samples.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

const uuid = (last: string): string => `a1b2c3d4-0000-4000-8000-${last.padStart(12, '0')}`;
const contracts: Readonly<Record<string, { readonly tenant: object; readonly header: string }>> = {
  hyperspell: {
    tenant: { attributes: { app: 'demo-app' }, secret: 'the-jwt-secret-of-the-app' },
    header: 'X-Hyperspell-Signature',
  },
  hypertune: { tenant: {}, header: 'X-Hypertune-Signature' },
  hyperleap: {
    tenant: {
      attributes: { chatbotId: uuid('a'), chatbotName: 'Support Bot', organizationId: uuid('b') },
    },
    header: 'X-Hyperleap-Signature',
  },
  hyprwatch: { tenant: {}, header: 'X-Hyprwatch-Signature' },
  'standard-webhooks': { tenant: {}, header: 'webhook-signature' },
};
const eventOf = (contract: string): { type: string; data: object } =>
  samples.find((one) => one.contract === contract) ?? {
    type: 'order.paid',
    data: { order: 1, z: 'ü', a: [] },
  };

/** Headers that are the connection's business, not the contract's. */
const ofTheTransport = [
  'host',
  'connection',
  'content-length',
  'content-type',
  'accept-encoding',
  'user-agent',
  'x-hyperhook-hop',
];

interface AttemptView {
  readonly attempt: number;
  readonly result: string;
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly response: { readonly status_code: number };
}

interface EventView {
  readonly id: string;
  readonly type: string;
  readonly duplicates: number;
  readonly body: string;
  readonly deliveries: readonly {
    readonly id: string;
    readonly status: string;
    readonly webhook_id: string;
  }[];
}

describe('the engine over REST', () => {
  let certificates: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: EngineUnderTest;
  let plain: CustomerServer;
  let tls: CustomerServer;
  let plainUrl = '';
  let tlsUrl = '';
  const keys = new Map<string, string>();

  beforeAll(async () => {
    certificates = await makeDataFolder('rest');
    const ca = await createThrowAwayCa();
    const caFile = join(certificates.path, 'ca.pem');
    await writeFile(caFile, ca.ca);
    plain = new CustomerServer();
    tls = new CustomerServer(() => 200, await ca.issue());
    [plainUrl, tlsUrl] = await Promise.all([plain.open(), tls.open()]);
    engine = await openEngine('rest', { HYPERHOOK_EXTRA_CA_FILE: caFile });
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await Promise.all([plain?.close(), tls?.close()]);
    await certificates?.remove();
  }, 180_000);

  const eventSeen = (id: string, key: string | undefined, deliveries: number) =>
    eventually(async () => {
      const event = await engine.must<EventView>('GET', `/events/${id}`, undefined, key);
      expect(event.deliveries.map(({ status }) => status)).toEqual(Array(deliveries).fill('delivered'));
      return event;
    });

  describe.each(Object.entries(contracts))('%s', (contract, { tenant, header }) => {
    const path = `/${contract}`;

    it('takes a tenant, a webhook and an event, and delivers it', async () => {
      await engine.must('POST', '/tenants', { id: contract, name: contract, contract, ...tenant });
      const made = await engine.must<{ key: string }>('POST', '/keys', { name: contract, tenant: contract });
      keys.set(contract, made.key);
      const base = contract === 'hyperleap' ? tlsUrl : plainUrl;
      await engine.must('POST', '/webhooks', { url: base + path }, made.key);
      const { type, data } = eventOf(contract);
      const { id, status } = await engine.must<{ id: string; status: string }>(
        'POST',
        '/events',
        { type, data },
        made.key,
      );
      expect(status).toBe('accepted');
      const event = await eventSeen(id, made.key, 1);
      expect(event).toMatchObject({ id, type, duplicates: 0 });
    });

    it('keeps what was sent: body to the byte, headers as the receiver got them', async () => {
      const key = keys.get(contract);
      const [arrival, ...repeats] = [...plain.at(path), ...tls.at(path)];
      expect(repeats).toEqual([]);
      const list = await engine.must<{ data: EventView[] }>('GET', '/events', undefined, key);
      expect(list.data).toHaveLength(1);
      const event = await engine.must<EventView>('GET', `/events/${list.data[0]?.id}`, undefined, key);
      const [delivery] = event.deliveries;
      // Where the body holds the delivery's id, the event's body has zeros in its place.
      const body = event.body.replace('0'.repeat(36), delivery?.id ?? '');
      expect(arrival?.body.toString()).toBe(body);

      const detail = await engine.must<{ attempt_log: AttemptView[] }>(
        'GET',
        `/deliveries/${delivery?.id}`,
        undefined,
        key,
      );
      expect(detail.attempt_log).toHaveLength(1);
      const [attempt] = detail.attempt_log;
      expect(attempt).toMatchObject({ attempt: 1, result: 'delivered', response: { status_code: 200 } });
      const sent = attempt?.request.headers ?? {};
      expect(Object.keys(sent)).toContain(header);
      for (const [name, value] of Object.entries(sent)) {
        expect(arrival?.headers[name.toLowerCase()]).toBe(value);
      }
      const recorded = Object.keys(sent).map((name) => name.toLowerCase());
      const others = Object.keys(arrival?.headers ?? {}).filter((name) => !recorded.includes(name));
      for (const name of others) expect(ofTheTransport).toContain(name);
    });
  });

  it('shows a tenant nothing of another one: 404, as if it were not there', async () => {
    const [mine, theirs] = [keys.get('hypertune'), keys.get('hyprwatch')];
    const one = async (path: string) =>
      (await engine.must<{ data: { id: string }[] }>('GET', path, undefined, theirs)).data[0]?.id;
    for (const kind of ['webhooks', 'events', 'deliveries']) {
      const id = await one(`/${kind}`);
      expect((await engine.call('GET', `/${kind}/${id}`, undefined, theirs)).status).toBe(200);
      expect(await engine.call('GET', `/${kind}/${id}`, undefined, mine)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    }
    const webhook = `/webhooks/${await one('/webhooks')}`;
    for (const [method, path, body] of [
      ['PATCH', webhook, { active: false }],
      ['DELETE', webhook, undefined],
      ['POST', `${webhook}/rotate-secret`, {}],
      ['POST', `${webhook}/test`, {}],
      ['POST', `/deliveries/${await one('/deliveries')}/retry`, {}],
      ['POST', '/events', { tenant: 'hyprwatch', type: 'host.online', data: {} }],
    ] as const) {
      expect([path, (await engine.call(method, path, body, mine)).status]).toEqual([path, 404]);
    }
  });

  it('lets a key do what its scopes say, and no more', async () => {
    const publishOnly = await engine.must<{ key: string }>('POST', '/keys', {
      name: 'publisher',
      tenant: 'hypertune',
      scopes: ['events:write'],
    });
    const as = (key: string) => (method: string, path: string, body?: object) =>
      engine.call<{ code: string }>(method, path, body, key);
    const publisher = as(publishOnly.key);
    const commit = { type: 'DEPLOYED', data: {} };
    expect((await publisher('POST', '/events', commit)).status).toBe(202);
    for (const path of ['/webhooks', '/deliveries', '/tenants', '/keys']) {
      expect(await publisher('GET', path)).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    }
    expect(await as('hh_root_wrong')('GET', '/webhooks')).toMatchObject({ status: 401 });
    expect(await as(keys.get('hypertune') ?? '')('POST', '/tenants', { name: 'x' })).toMatchObject({
      status: 403,
    });
  });

  it('answers a batch one by one with 207 where some are refused', async () => {
    const key = keys.get('hyprwatch');
    const good = { type: 'host.online', data: { host_id: 'h', hostname: 's', platform: 'linux' } };
    const answer = await engine.call<object[]>(
      'POST',
      '/events',
      [good, { type: 'host.rebooted', data: {} }, { ...good, id: 'evt_batch' }],
      key,
    );
    expect(answer).toMatchObject({
      status: 207,
      body: [
        { status: 'accepted' },
        { status: 'refused', problem: { status: 422, errors: [{ pointer: '/1/type' }] } },
        { id: 'evt_batch', status: 'accepted' },
      ],
    });
    await eventSeen('evt_batch', key, 1);
  });

  it('takes the position of a change back, so that the event published next meets it', async () => {
    const key = keys.get('standard-webhooks') ?? '';
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    for (let n = 0; n < 5; n += 1) {
      const made = await fetch(`${engine.urlFor('POST', '/webhooks')}/api/v1/webhooks`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ url: `${plainUrl}/echo-${n}`, events: [`echo.${n}`] }),
      });
      const position = made.headers.get('hyperhook-control-position') ?? '';
      expect([made.status, position]).toEqual([201, expect.stringMatching(/^\d+$/)]);
      const published = await fetch(`${engine.urlFor('POST', '/events')}/api/v1/events`, {
        method: 'POST',
        headers: { ...headers, 'hyperhook-control-position': position },
        body: JSON.stringify({ type: `echo.${n}`, data: {} }),
      });
      expect(published.status).toBe(202);
      await eventually(() => expect(plain.at(`/echo-${n}`)).toHaveLength(1));
    }
  });

  it('knows a new tenant, its key and its endpoint, and that a key was revoked, wherever the position is echoed', async () => {
    const event = { type: 'order.paid', data: { n: 1 } };
    for (let n = 0; n < 5; n += 1) {
      const tenant = `quick-${n}`;
      await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract: 'standard-webhooks' });
      const { id, key } = await engine.must<{ id: string; key: string }>('POST', '/keys', {
        name: tenant,
        tenant,
      });
      // The key itself is what the next process has to have heard of; then it must have heard of its end.
      const before = { ...event, type: 'order.created' };
      expect((await engine.call('POST', '/events', before, key)).status).toBe(202);
      // Who is asked is known at the fan-out, not at the 202: an endpoint that wanted this one too might get it.
      const hook = { url: `${plainUrl}/${tenant}`, events: [event.type] };
      await engine.must('POST', '/webhooks', hook, key);
      expect((await engine.call('POST', '/events', event, key)).status).toBe(202);
      await engine.must('DELETE', `/keys/${id}`);
      expect((await engine.call('POST', '/events', event, key)).status).toBe(401);
      expect((await engine.call('GET', '/webhooks', undefined, key)).status).toBe(401);
      await eventually(() => expect(plain.at(`/${tenant}`)).toHaveLength(1));
    }
  });

  it('tells supervisors and scrapers how it is, each of its processes', async () => {
    for (const [name, url] of Object.entries(engine.urls)) {
      const get = async (path: string) => {
        const response = await fetch(url + path);
        return { name, status: response.status, text: await response.text() };
      };
      expect(await get('/livez')).toMatchObject({ name, status: 200 });
      const ready = await get('/readyz');
      expect(ready).toMatchObject({ name, status: 200 });
      expect(JSON.parse(ready.text)).toMatchObject({ ready: true });
      const metrics = await get('/metrics');
      expect(metrics).toMatchObject({ name, status: 200 });
      expect(metrics.text).toMatch(/^(hyperhook|process)_\w+/m);
      for (const secret of [...keys.values(), engine.rootKey]) expect(metrics.text).not.toContain(secret);
    }
  });

  it('delivers an event id once, however often it is published, also after a restart', async () => {
    const key = keys.get('hypertune') ?? '';
    const event = { id: 'same_______________id', type: 'DEPLOYED', data: { n: 1 } };
    const publish = () => engine.must<{ status: string }>('POST', '/events', event, key);
    expect((await publish()).status).toBe('accepted');
    expect((await publish()).status).toBe('duplicate');
    await eventSeen(event.id, key, 1);
    await engine.stop();
    await engine.start();
    await publish();
    // What is published after it on the same partition is delivered after it: then nothing more is to come.
    await engine.must('POST', '/events', { id: 'after_______________1', type: 'DEPLOYED', data: {} }, key);
    await eventSeen('after_______________1', key, 1);
    await eventually(async () => {
      const { duplicates } = await engine.must<EventView>('GET', `/events/${event.id}`, undefined, key);
      expect(duplicates).toBeGreaterThanOrEqual(1);
    });
    const bodies = plain.at('/hypertune').map(({ body }) => body.toString());
    expect(bodies.filter((body) => body.includes(event.id))).toHaveLength(1);
  }, 30_000);
});
