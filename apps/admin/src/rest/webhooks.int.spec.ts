import { endpointOwner } from '#control';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { updateEndpoint } from '../use-cases/update-endpoint.ts';
import { decodeControl, encodeOutcome, partitionOf } from '#log';
import { AdminWorld, PARTITIONS } from '../../fixtures/admin-world.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});

afterAll(() => world.close());

const url = 'https://example.com/hook';
const firstType: Record<string, string> = {
  hyperspell: 'index-started',
  hypertune: 'NEW_COMMIT',
  hyperleap: 'lead.captured',
  hyprwatch: 'host.online',
  'standard-webhooks': 'invoice.paid',
};
const all = Object.keys(firstType);
const ofEndpoints = all.filter((contract) => contract !== 'hyperspell');

describe.each(all)('webhooks of a %s tenant', (contract) => {
  it('are created with 201, a Location, an ETag and a control position, and read back without the secret', async () => {
    const { key } = await world.tenant(contract);
    const type = firstType[contract]!;
    const created = await world.send('POST', '/webhooks', { key, body: { url, events: [type] } });
    expect(created.status).toBe(201);
    const id = String(created.body['id']);
    const secret = created.body['secret'] as string | null;
    expect(id).toMatch(/^wh_[0-9a-z]{20}$/);
    expect(created.headers['location']).toBe(`/api/v1/webhooks/${id}`);
    expect(created.headers['etag']).toBe('"1"');
    expect(created.headers['cache-control']).toBe('no-store');
    expect(Number(created.headers['hyperhook-control-position'])).toBe(world.control.position);
    expect(created.body).toEqual({
      id,
      url,
      events: [type],
      secret: contract === 'hyperspell' ? null : expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      active: true,
      status: 'active',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      description: '',
      headers: [],
      limits: { per_second: null, concurrency: null },
    });
    const read = await world.send('GET', `/webhooks/${id}`, { key });
    expect(read.status).toBe(200);
    expect(read.body).not.toHaveProperty('secret');
    expect(read.body).toMatchObject({ id, url, deliveries: { data: [], next: null } });
    expect(read.headers['etag']).toBe('"1"');
    if (secret !== null) {
      expect(JSON.stringify(read.body)).not.toContain(secret);
      const state = world.control.table.endpoint(id)!;
      const [sealed] = state.secrets;
      expect(sealed!.sealed).not.toContain(secret);
      expect(world.secretBox.open(sealed!.sealed, endpointOwner(state.tenantId, id))).toBe(secret);
    }
  });

  it('want all types where none are given, and only types of the contract', async () => {
    const { key } = await world.tenant(contract);
    for (const body of [{ url }, { url, events: [] }]) {
      const created = await world.send('POST', '/webhooks', { key, body });
      expect(created.body).toMatchObject({ events: [] });
    }
    const refused = await world.send('POST', '/webhooks', { key, body: { url, events: ['no such type'] } });
    expect(refused.status).toBe(422);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.body).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/events/0', code: 'unknown_event_type' }],
    });
  });

  it('are deleted with 204 and then are not there', async () => {
    const { key } = await world.tenant(contract);
    const id = await world.webhook(key);
    const deleted = await world.send('DELETE', `/webhooks/${id}`, { key });
    expect(deleted.status).toBe(204);
    expect(deleted.body).toEqual({});
    expect(Number(deleted.headers['hyperhook-control-position'])).toBe(world.control.position);
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const answer = await world.send(method, `/webhooks/${id}`, {
        key,
        ...(method === 'PATCH' ? { body: { description: 'x' } } : {}),
      });
      expect(answer.status).toBe(404);
    }
  });

  it('are switched off and on, with a new term each time they become active', async () => {
    const { key } = await world.tenant(contract);
    const id = await world.webhook(key);
    const off = await world.send('PATCH', `/webhooks/${id}`, { key, body: { active: false } });
    expect(off.body).toMatchObject({ active: false, status: 'off' });
    const on = await world.send('POST', `/webhooks/${id}/enable`, { key, body: { held: 'discard' } });
    expect(on.status).toBe(200);
    expect(on.body).toMatchObject({ active: true, status: 'active' });
    expect(world.control.table.endpoint(id)!.term).toBe(2);
    const disabled = await world.send('POST', `/webhooks/${id}/disable`, { key });
    expect(disabled.status).toBe(200);
    expect(disabled.body).toMatchObject({ active: false, status: 'off' });
    const again = await world.send('PUT', `/webhooks/${id}`, { key, body: { active: true } });
    expect(again.body).toMatchObject({ active: true, status: 'active' });
    expect(world.control.table.endpoint(id)!.term).toBe(3);
  });
});

describe.each(ofEndpoints)('secrets of %s webhooks', (contract) => {
  const supplied = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

  it('may be supplied, so that customers keep the ones they have', async () => {
    const { key } = await world.tenant(contract);
    const created = await world.send('POST', '/webhooks', { key, body: { url, secret: supplied } });
    expect(created.body).toMatchObject({ secret: supplied });
    const short = await world.send('POST', '/webhooks', { key, body: { url, secret: 'x' } });
    expect(short.status).toBe(422);
    expect(short.body).toMatchObject({ errors: [{ pointer: '/secret', code: 'invalid_secret' }] });
  });

  it('are rotated at once, or keep the old one for a grace period', async () => {
    const { key } = await world.tenant(contract);
    const id = await world.webhook(key);
    const rotated = await world.send('POST', `/webhooks/${id}/rotate-secret`, { key });
    expect(rotated.status).toBe(200);
    expect(rotated.headers['etag']).toBe('"2"');
    expect(rotated.body).toMatchObject({ id, secret: expect.stringMatching(/^whsec_/), active: true });
    expect(world.control.table.endpoint(id)!.secrets).toHaveLength(1);
    const body = { secret: supplied, grace_period_seconds: 3_600 };
    const graceful = await world.send('POST', `/webhooks/${id}/rotate-secret`, { key, body });
    expect(graceful.body).toMatchObject({ secret: supplied });
    expect(world.control.table.endpoint(id)!.secrets).toMatchObject([
      { until: null },
      { until: expect.any(Number) },
    ]);
  });

  it('that still sign in their grace period are expired on demand, and a second time nothing happens', async () => {
    const { key } = await world.tenant(contract);
    const id = await world.webhook(key);
    const body = { grace_period_seconds: 3_600 };
    await world.send('POST', `/webhooks/${id}/rotate-secret`, { key, body });
    const path = `/webhooks/${id}/expire-old-secrets`;
    const expired = await world.send('POST', path, { key, headers: { 'if-match': '"2"' } });
    expect(expired).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect(expired.body).not.toHaveProperty('secret');
    expect(world.control.table.endpoint(id)!.secrets).toMatchObject([{ until: null }]);
    expect((await world.send('POST', path, { key })).headers['etag']).toBe('"3"');
    expect((await world.send('POST', path, { key, headers: { 'if-match': '"2"' } })).status).toBe(412);
  });
});

describe('secrets', () => {
  it('of Hyperspell belong to the tenant: a webhook with one is told where', async () => {
    const { key } = await world.tenant('hyperspell');
    const created = await world.send('POST', '/webhooks', { key, body: { url, secret: 'some-secret-text' } });
    expect(created.status).toBe(422);
    expect(created.body).toMatchObject({ errors: [{ pointer: '/secret', code: 'belongs_to_tenant' }] });
    expect(created.body['detail']).toContain('/api/v1/tenants/{id}/secret');
    const id = await world.webhook(key);
    expect((await world.send('POST', `/webhooks/${id}/rotate-secret`, { key })).status).toBe(422);
  });

  it('may be declined by null only where the contract says so, and then requests are unsigned', async () => {
    const hyperleap = await world.tenant('hyperleap');
    const body = { url, secret: null };
    const unsigned = await world.send('POST', '/webhooks', { key: hyperleap.key, body });
    expect(unsigned.body).toMatchObject({ secret: null });
    expect(world.control.table.endpoint(String(unsigned.body['id']))!.secrets).toEqual([]);
    const hyprwatch = await world.tenant('hyprwatch');
    const refused = await world.send('POST', '/webhooks', { key: hyprwatch.key, body });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/secret', code: 'required' }] });
  });
});

describe('an echoed control position', () => {
  const echo = (position: string) =>
    world.send('GET', '/webhooks', { headers: { 'hyperhook-control-position': position } });

  it('is waited for, ignored past the end of the log, and refused where it is no number (R20)', async () => {
    const { key } = await world.tenant('hyprwatch');
    const created = await world.send('POST', '/webhooks', { key, body: { url } });
    const position = created.headers['hyperhook-control-position']!;
    expect((await echo(position)).status).toBe(200);
    expect((await echo('999999999')).status).toBe(200);
    const odd = await echo('latest');
    expect(odd.status).toBe(400);
    expect(odd.body).toMatchObject({ code: 'invalid_header' });
  });
});

describe('what a webhook may be set to', () => {
  it.each([
    ['http://example.com/hook', 'scheme'],
    ['https://127.0.0.1/hook', 'address'],
    ['https://0x7f.1/hook', 'address'],
    ['https://user@example.com/', 'userinfo'],
    ['https://example.com:22/', 'port'],
    ['nonsense', 'not_a_url'],
  ])('refuses %s with %s at /url', async (bad, code) => {
    const { key } = await world.tenant('hyprwatch');
    const refused = await world.send('POST', '/webhooks', { key, body: { url: bad } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/url', code }] });
  });

  it('shows the canonical URL back', async () => {
    const { key } = await world.tenant('hyprwatch');
    const created = await world.send('POST', '/webhooks', { key, body: { url: 'HTTPS://Example.COM' } });
    expect(created.body).toMatchObject({ url: 'https://example.com/' });
  });

  it('tells about unknown fields, wrong types and headers, each with its pointer', async () => {
    const { key } = await world.tenant('hyprwatch');
    const cases: [unknown, string, string][] = [
      [{ url, evnets: ['host.online'] }, '/evnets', 'unknown_field'],
      [{ url, events: 'host.online' }, '/events', 'is_array'],
      [{ url, active: 'yes' }, '/active', 'is_boolean'],
      [{ url: null }, '/url', 'is_string'],
      [{}, '/url', 'is_string'],
      [{ url, description: null }, '/description', 'is_string'],
      [{ url, headers: { Host: 'x' } }, '/headers/Host', 'invalid_header'],
      [{ url, headers: { 'x-y': 1 } }, '/headers/x-y', 'invalid_header'],
      [[], '', 'is_object'],
    ];
    for (const [body, pointer, code] of cases) {
      const refused = await world.send('POST', '/webhooks', { key, body });
      expect(refused.status).toBe(422);
      expect({ body, errors: refused.body['errors'] }).toMatchObject({
        body,
        errors: expect.arrayContaining([expect.objectContaining({ pointer, code })]),
      });
    }
    for (const body of ['{"url":', '{"url":"a","url":"b"}', '{"__proto__":{"url":"https://example.com"}}']) {
      const refused = await world.send('POST', '/webhooks', { key, body });
      expect([400, 422]).toContain(refused.status);
      expect(refused.headers['content-type']).toBe('application/problem+json');
    }
  });

  it('keeps header values to itself and shows their names', async () => {
    const { key } = await world.tenant('hyprwatch');
    const body = { url, description: 'pager', headers: { 'X-Token': 'very-secret' }, active: false };
    const created = await world.send('POST', '/webhooks', { key, body });
    expect(created.body).toMatchObject({
      description: 'pager',
      headers: ['x-token'],
      active: false,
      status: 'off',
    });
    expect(JSON.stringify(created.body)).not.toContain('very-secret');
  });

  it('takes http where the installation allows it, but never for Hyperleap', async () => {
    const lenient = await AdminWorld.start({ allowHttp: true });
    const body = { url: 'http://example.com/hook' };
    const hyprwatch = await lenient.tenant('hyprwatch');
    expect((await lenient.send('POST', '/webhooks', { key: hyprwatch.key, body })).status).toBe(201);
    const hyperleap = await lenient.tenant('hyperleap');
    const refused = await lenient.send('POST', '/webhooks', { key: hyperleap.key, body });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/url', code: 'scheme' }] });
    await lenient.close();
  });
});

describe('changing a webhook', () => {
  it('writes down who did it, what becomes of held deliveries, and from where they may be held', async () => {
    const { id: tenantId, key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key);
    const partition = partitionOf(tenantId, PARTITIONS);
    const [earlier = 0] = (await world.log.endOffsets('outcomes')).slice(partition);
    const note = {
      kind: 'unmatched',
      tenantId,
      eventId: 'e',
      eventType: 't',
      eventOffset: 0,
      at: 1,
    } as const;
    await world.log.append([{ topic: 'outcomes', partition, ...encodeOutcome(note) }]);
    const written = async (method: string, path: string, body?: unknown) => {
      const answer = await world.send(method, `/webhooks/${id}${path}`, { key, body });
      const position = Number(answer.headers['hyperhook-control-position']);
      const decoded = decodeControl((await world.log.readOne('control', 0, position - 1))!);
      return decoded.ok ? decoded.value : decoded;
    };
    const heldFrom = { partition, offset: earlier + 1 };
    expect(await written('POST', '/disable')).toMatchObject({
      actor: expect.stringMatching(/^key:key_/),
      fact: { type: 'endpoint.turned-off', heldFrom },
    });
    expect(await written('POST', '/enable', { held: 'keep' })).toMatchObject({
      fact: { held: 'keep', heldFrom },
    });
    expect(await written('PATCH', '', { active: false })).toMatchObject({ fact: { heldFrom } });
    expect(await written('PATCH', '', { active: true })).toMatchObject({ fact: { held: 'release' } });
    await written('POST', '/disable');
    expect(await written('POST', '/enable')).toMatchObject({ fact: { held: 'release' } });
    const odd = await world.send('POST', `/webhooks/${id}/enable`, { key, body: { held: 'burn' } });
    expect(odd.body).toMatchObject({ errors: [{ pointer: '/held', code: 'is_in' }] });
  });

  it('changes what is named and nothing else, and nothing at all where nothing differs', async () => {
    const { key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key, { events: ['host.online'], description: 'old' });
    const patched = await world.send('PATCH', `/webhooks/${id}`, { key, body: { description: 'new' } });
    expect(patched.status).toBe(200);
    expect(patched.body).toMatchObject({ url, events: ['host.online'], description: 'new' });
    expect(patched.headers['etag']).toBe('"2"');
    const same = await world.send('PUT', `/webhooks/${id}`, {
      key,
      body: { description: 'new', active: true },
    });
    expect(same.headers['etag']).toBe('"2"');
  });

  it('enables a failed one by active: true, under a new term', async () => {
    const { key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key);
    const cause = { partition: 0, offset: 7 };
    const fail = { type: 'fail', term: 1, reason: 'attempts_exhausted', cause, at: 5 } as const;
    await world.writer.endpoint(id, fail, 'policy:disable');
    const failed = await world.send('GET', `/webhooks/${id}`, { key });
    expect(failed.body).toMatchObject({ active: false, status: 'failed', reason: 'attempts_exhausted' });
    const body = { active: true, url: 'https://example.com/mended' };
    const enabled = await world.send('PATCH', `/webhooks/${id}`, { key, body });
    expect(enabled.body).toMatchObject({ active: true, status: 'active', url: body.url });
    expect(world.control.table.endpoint(id)!.term).toBe(2);
  });

  it('refuses a stale If-Match with 412, and of two with the same ETag lets one through', async () => {
    const { key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key);
    const patch = (description: string) =>
      world.send('PATCH', `/webhooks/${id}`, { key, body: { description }, headers: { 'if-match': '"1"' } });
    const statuses = (await Promise.all([patch('one'), patch('two')])).map((answer) => answer.status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 412]);
    const late = await patch('three');
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({ code: 'precondition_failed' });
    for (const method of ['DELETE', 'POST'] as const) {
      const path = method === 'POST' ? `/webhooks/${id}/rotate-secret` : `/webhooks/${id}`;
      expect((await world.send(method, path, { key, headers: { 'if-match': '"1"' } })).status).toBe(412);
    }
    const odd = await world.send('DELETE', `/webhooks/${id}`, { key, headers: { 'if-match': '1' } });
    expect(odd.status).toBe(400);
    const any = await world.send('DELETE', `/webhooks/${id}`, { key, headers: { 'if-match': '*' } });
    expect(any.status).toBe(204);
  });

  it('lets one of two changes through that were decided on the same version, and tells the other with 409', async () => {
    const { id: tenantId, key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key);
    const principal = { keyId: 'k', tenantId, scopes: ['endpoints:write'], actor: 'key:k' } as const;
    const change = (description: string, ifMatch?: readonly number[]) =>
      updateEndpoint(world.admin.context, principal, id, { description }, ifMatch);
    // Both decide before either is in the log: nothing is awaited until then.
    const [first, second] = await Promise.allSettled([change('one'), change('two')]);
    expect(first).toMatchObject({ status: 'fulfilled', value: { endpoint: { description: 'one' } } });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
    const [third, fourth] = await Promise.allSettled([change('three', [2]), change('four', [2])]);
    expect(third).toMatchObject({ status: 'fulfilled' });
    expect(fourth).toMatchObject({ status: 'rejected', reason: { code: 'precondition_failed' } });
  });
});
