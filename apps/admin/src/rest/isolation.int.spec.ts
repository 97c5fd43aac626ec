import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { deliveryRow, eventRow } from '../../fixtures/rows.ts';

let world: AdminWorld;
let one: { readonly id: string; readonly key: string };
let two: { readonly id: string; readonly key: string };
let hook: string;

beforeAll(async () => {
  world = await AdminWorld.start();
  one = await world.tenant('hyprwatch');
  two = await world.tenant('hyprwatch');
  hook = await world.webhook(one.key);
  world.history.events.push(eventRow({ tenantId: one.id }));
  world.history.deliveries.push(deliveryRow({ tenantId: one.id, endpointId: hook }));
});

afterAll(() => world.close());

describe('a tenant', () => {
  it('finds nothing of another: every foreign id answers 404, exactly like one that does not exist', async () => {
    const { id: delivery, eventId: event } = world.history.deliveries[0]!;
    const calls: [string, string, unknown?][] = [
      ['GET', `/webhooks/${hook}`],
      ['PATCH', `/webhooks/${hook}`, { active: false }],
      ['PUT', `/webhooks/${hook}`, { active: false }],
      ['DELETE', `/webhooks/${hook}`],
      ['POST', `/webhooks/${hook}/rotate-secret`],
      ['POST', `/webhooks/${hook}/expire-old-secrets`],
      ['POST', `/webhooks/${hook}/enable`],
      ['POST', `/webhooks/${hook}/disable`],
      ['POST', `/webhooks/${hook}/test`],
      ['GET', `/deliveries/${delivery}`],
      ['POST', `/deliveries/${delivery}/retry`],
      ['GET', `/events/${event}`],
      ['POST', `/tenants/${one.id}/portal-tokens`, {}],
    ];
    for (const [method, path, body] of calls) {
      const foreign = await world.send(method, path, { key: two.key, body });
      const id = path.split('/')[2]!;
      const missing = await world.send(method, path.replace(id, 'wh_none'), { key: two.key, body });
      expect({ method, path, status: foreign.status }).toEqual({ method, path, status: 404 });
      expect(foreign.body['detail']).toBe(missing.body['detail']);
    }
    expect(world.control.table.endpoint(hook)).toMatchObject({ version: 1, status: 'active' });
  });

  it('sees only its own in lists', async () => {
    for (const path of ['/webhooks', '/deliveries', '/events']) {
      const own = await world.send('GET', path, { key: one.key });
      expect(own.body['data']).toHaveLength(1);
      const foreign = await world.send('GET', path, { key: two.key });
      expect(foreign.body['data']).toEqual([]);
    }
  });

  it('is whom its key names: naming another one is 404, in the body as in the query', async () => {
    const url = 'https://example.com/';
    const inBody = await world.send('POST', '/webhooks', { key: two.key, body: { url, tenant: one.id } });
    expect(inBody.status).toBe(404);
    const inQuery = await world.send('GET', `/webhooks?tenant=${one.id}`, { key: two.key });
    expect(inQuery.status).toBe(404);
    const own = await world.send('GET', `/webhooks?tenant=${two.id}`, { key: two.key });
    expect(own.status).toBe(200);
  });
});

describe('a root key', () => {
  it('acts for the tenant it names, sees all without, and must name one to create', async () => {
    const body = { url: 'https://example.com/root', tenant: two.id };
    const created = await world.send('POST', '/webhooks', { body });
    expect(created.status).toBe(201);
    expect(world.control.table.endpoint(String(created.body['id']))!.tenantId).toBe(two.id);
    const byQuery = await world.send('POST', `/webhooks?tenant=${two.id}`, { body: { url: body.url } });
    expect(byQuery.status).toBe(201);
    const nobody = await world.send('POST', '/webhooks', { body: { url: body.url } });
    expect(nobody.status).toBe(422);
    expect(nobody.body).toMatchObject({ errors: [{ pointer: '/tenant', code: 'required' }] });
    const all = await world.send('GET', '/webhooks');
    expect(all.body['data']).toHaveLength(3);
    const ofTwo = await world.send('GET', `/webhooks?tenant=${two.id}`);
    expect(ofTwo.body['data']).toHaveLength(2);
    const acting = await world.send('GET', `/webhooks/${hook}?tenant=${two.id}`);
    expect(acting.status).toBe(404);
    expect((await world.send('GET', '/webhooks?tenant=nobody')).status).toBe(404);
  });

  it('that acts for one tenant finds and changes no other one, nor its keys', async () => {
    const of = `?tenant=${two.id}`;
    const keys = await world.send('GET', `/keys?tenant=${one.id}`);
    const [{ id: key } = { id: '' }] = keys.body['data'] as { id: string }[];
    const calls: [string, string, unknown?][] = [
      ['GET', `/tenants/${one.id}${of}`],
      ['PATCH', `/tenants/${one.id}${of}`, { name: 'x' }],
      ['PUT', `/tenants/${one.id}${of}`, { name: 'x' }],
      ['PUT', `/tenants/${one.id}/secret${of}`, { secret: 'x' }],
      ['POST', `/tenants/${one.id}/portal-tokens${of}`, {}],
      ['DELETE', `/tenants/${one.id}${of}`],
      ['GET', `/keys/${key}${of}`],
      ['DELETE', `/keys/${key}${of}`],
    ];
    for (const [method, path, body] of calls) {
      const { status } = await world.send(method, path, { body });
      expect({ method, path, status }).toEqual({ method, path, status: 404 });
    }
    const listed = await world.send('GET', `/tenants${of}`);
    expect(listed.body['data']).toEqual([expect.objectContaining({ id: two.id })]);
    expect(world.control.table.tenant(one.id)?.version).toBe(1);
    expect(world.control.table.key(key)).toBeDefined();
  });

  it('walks long lists by their cursor, also over what was deleted meanwhile', async () => {
    const { key } = await world.tenant('hyprwatch');
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.push(await world.webhook(key));
    const seen: string[] = [];
    let path = '/webhooks?limit=2';
    for (;;) {
      const page = await world.send('GET', path, { key });
      const data = page.body['data'] as { id: string }[];
      seen.push(...data.map((each) => each.id));
      const next = page.body['next'] as string | null;
      if (next === null) break;
      await world.send('DELETE', `/webhooks/${data.at(-1)!.id}`, { key });
      path = `/webhooks?limit=2&after=${next}`;
    }
    expect([...seen].sort()).toEqual([...made].sort());
    const bad = await world.send('GET', '/webhooks?after=nonsense', { key });
    expect(bad.status).toBe(400);
    expect((await world.send('GET', '/webhooks?limit=0', { key })).status).toBe(422);
    expect((await world.send('GET', '/webhooks?limt=5', { key })).status).toBe(422);
  });
});
