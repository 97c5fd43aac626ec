import { tenantOwner } from '#control';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});

afterAll(() => world.close());

const bot = {
  chatbotId: 'a1b2c3d4-0000-4000-8000-000000000001',
  chatbotName: 'Support Bot',
  organizationId: 'e5f60708-0000-4000-8000-000000000002',
};

describe('tenants', () => {
  it('are created under a given id or one that is made, with standard-webhooks by default', async () => {
    const given = await world.send('POST', '/tenants', { body: { id: 'org-7', name: 'Org 7' } });
    expect(given.status).toBe(201);
    expect(given.headers['location']).toBe('/api/v1/tenants/org-7');
    expect(given.headers['etag']).toBe('"1"');
    expect(Number(given.headers['hyperhook-control-position'])).toBe(world.control.position);
    expect(given.body).toEqual({
      id: 'org-7',
      name: 'Org 7',
      contract: 'standard-webhooks',
      attributes: {},
      entitled: true,
      limits: { max_endpoints: null, events_per_second: null, max_payload_bytes: null },
      has_secret: false,
      created_at: expect.any(String),
    });
    const twice = await world.send('POST', '/tenants', { body: { id: 'org-7', name: 'again' } });
    expect(twice.status).toBe(409);
    expect(twice.body).toMatchObject({ code: 'already_exists' });
    const made = await world.send('POST', '/tenants', { body: { name: 'x' } });
    expect(made.body['id']).toMatch(/^ten_[0-9a-z]{20}$/);
    const listed = await world.send('GET', '/tenants');
    expect(listed.body).toMatchObject({ next: null });
    expect((listed.body['data'] as { id: string }[]).map((each) => each.id)).toContain('org-7');
  });

  it('bring the attributes of their contract, and are told which are missing, unknown or wrong', async () => {
    const { chatbotName: _, ...missing } = bot;
    const cases = [
      [missing, '/attributes/chatbotName'],
      [{ ...bot, color: 'red' }, '/attributes/color'],
      [{ ...bot, chatbotId: 'not a uuid' }, '/attributes/chatbotId'],
      [{ ...bot, chatbotName: ['Support', 'Bot'] }, '/attributes/chatbotName'],
    ] as const;
    for (const [attributes, pointer] of cases) {
      const body = { name: 'x', contract: 'hyperleap', attributes };
      const refused = await world.send('POST', '/tenants', { body });
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
    }
    const unknown = await world.send('POST', '/tenants', { body: { name: 'x', contract: 'nope' } });
    expect(unknown.body).toMatchObject({ errors: [{ pointer: '/contract', code: 'unknown_contract' }] });
  });

  it('change what is named, under If-Match, and are deleted with their webhooks and keys', async () => {
    const { id, key } = await world.tenant('hyperleap');
    const hook = await world.webhook(key);
    const body = { attributes: { chatbotName: 'Renamed' } };
    const patched = await world.send('PATCH', `/tenants/${id}`, { body, headers: { 'if-match': '"1"' } });
    expect(patched.body).toMatchObject({ attributes: { ...bot, chatbotName: 'Renamed' } });
    expect((await world.send('PUT', `/tenants/${id}`, { body, headers: { 'if-match': '"1"' } })).status).toBe(
      412,
    );
    expect((await world.send('DELETE', `/tenants/${id}`)).status).toBe(204);
    expect((await world.send('GET', `/tenants/${id}`)).status).toBe(404);
    expect((await world.send('GET', `/webhooks/${hook}`)).status).toBe(404);
    expect((await world.send('GET', '/webhooks', { key })).status).toBe(401);
  });

  it('hold the secret of Hyperspell, sealed and never shown', async () => {
    const body = { name: 'x', contract: 'hyperspell', attributes: { app: 'demo' } };
    const created = await world.send('POST', '/tenants', { body });
    const id = String(created.body['id']);
    expect(created.body).toMatchObject({ has_secret: false });
    const hook = { url: 'https://example.com/', tenant: id };
    const tooEarly = await world.send('POST', '/webhooks', { body: hook });
    expect(tooEarly.status).toBe(409);
    expect(tooEarly.body['detail']).toContain(`/api/v1/tenants/${id}/secret`);
    const secret = 'the-jwt-secret-of-the-app';
    const set = await world.send('PUT', `/tenants/${id}/secret`, { body: { secret } });
    expect(set.status).toBe(200);
    expect(set.body).toMatchObject({ has_secret: true });
    expect(JSON.stringify(set.body)).not.toContain(secret);
    const sealed = world.control.table.tenant(id)!.secret!;
    expect(sealed).not.toContain(secret);
    expect(world.secretBox.open(sealed, tenantOwner(id))).toBe(secret);
    expect((await world.send('POST', '/webhooks', { body: hook })).status).toBe(201);
    const bad = await world.send('PUT', `/tenants/${id}/secret`, { body: { secret: '' } });
    expect(bad.body).toMatchObject({ errors: [{ pointer: '/secret', code: 'invalid_secret' }] });
    const other = await world.send('POST', '/tenants', {
      body: { name: 'x', contract: 'hyprwatch', secret },
    });
    expect(other.body).toMatchObject({ errors: [{ pointer: '/secret', code: 'belongs_to_webhook' }] });
  });

  it('HL-1: whose plan has no webhooks may not set any up, and may still read, switch off and delete', async () => {
    const { id, key } = await world.tenant('hyperleap');
    const hook = await world.webhook(key);
    await world.send('PATCH', `/tenants/${id}`, { body: { entitled: false } });
    const body = { url: 'https://example.com/' };
    const refused = await world.send('POST', '/webhooks', { key, body });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'not_entitled' });
    expect((await world.send('PATCH', `/webhooks/${hook}`, { key, body })).status).toBe(403);
    expect((await world.send('POST', `/webhooks/${hook}/test`, { key })).status).toBe(403);
    expect((await world.send('GET', `/webhooks/${hook}`, { key })).status).toBe(200);
    expect((await world.send('PATCH', `/webhooks/${hook}`, { key, body: { active: false } })).status).toBe(
      200,
    );
    expect((await world.send('DELETE', `/webhooks/${hook}`, { key })).status).toBe(204);
  });
});

describe('keys', () => {
  it('are shown once, begin as their contract says, and are revoked at once', async () => {
    const { id } = await world.tenant('hyprwatch');
    const created = await world.send('POST', '/keys', { body: { name: 'ci', tenant: id } });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: expect.stringMatching(/^key_/),
      key: expect.stringMatching(/^hw_live_/),
      tenant: id,
      expires_at: null,
    });
    const key = String(created.body['key']);
    expect((await world.send('GET', '/webhooks', { key })).status).toBe(200);
    const listed = await world.send('GET', `/keys?tenant=${id}`);
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect(listed.body['data']).toHaveLength(2);
    expect((await world.send('DELETE', `/keys/${String(created.body['id'])}`)).status).toBe(204);
    const revoked = await world.send('GET', '/webhooks', { key });
    expect(revoked.status).toBe(401);
    expect(revoked.body).toMatchObject({ code: 'unknown_key' });
    expect(revoked.headers['www-authenticate']).toContain('Bearer');
  });

  it("have only the scopes they were given, and no tenant may have the operator's", async () => {
    const { id } = await world.tenant('hyprwatch');
    const admin = await world.send('POST', '/keys', { body: { name: 'x', tenant: id, scopes: ['admin'] } });
    expect(admin.body).toMatchObject({ errors: [{ pointer: '/scopes', code: 'not_for_tenants' }] });
    const body = { name: 'x', tenant: id, scopes: ['endpoints:read'] };
    const made = await world.send('POST', '/keys', { body });
    const key = String(made.body['key']);
    expect((await world.send('GET', '/webhooks', { key })).status).toBe(200);
    const refused = await world.send('POST', '/webhooks', { key, body: { url: 'https://example.com/' } });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'missing_scope' });
    for (const path of ['/tenants', '/keys', '/deliveries', '/events', `/tenants/${id}`]) {
      expect((await world.send('GET', path, { key })).status).toBe(403);
    }
    expect((await world.send('GET', '/contracts', { key })).status).toBe(200);
  });

  it('expire, and the last one of an operator cannot be revoked', async () => {
    const past = await world.send('POST', '/keys', {
      body: { name: 'x', expires_at: '2020-01-01T00:00:00Z' },
    });
    expect(past.body).toMatchObject({ errors: [{ pointer: '/expires_at', code: 'in_the_past' }] });
    const odd = await world.send('POST', '/keys', { body: { name: 'x', expires_at: 'tomorrow' } });
    expect(odd.status).toBe(422);
    const last = await world.send('DELETE', '/keys/key_root');
    expect(last.status).toBe(409);
    await world.send('POST', '/keys', { body: { name: 'another' } });
    expect((await world.send('DELETE', '/keys/key_none')).status).toBe(404);
  });

  it('are required, and are read from the header only', async () => {
    const none = await world.send('GET', '/webhooks', { key: null });
    expect(none.status).toBe(401);
    expect(none.body).toMatchObject({ code: 'missing_key', status: 401, instance: '/api/v1/webhooks' });
    const inUrl = await world.send('GET', `/webhooks?key=${world.rootKey}`, { key: null });
    expect(inUrl.status).toBe(401);
    expect(JSON.stringify(inUrl.body)).not.toContain(world.rootKey);
  });
});

describe('what there is to choose from', () => {
  it('lists all five contracts with their numbers, and the tiers', async () => {
    const contracts = await world.send('GET', '/contracts');
    const data = contracts.body['data'] as { id: string }[];
    expect(data.map((each) => each.id).sort()).toEqual([
      'hyperleap',
      'hyperspell',
      'hypertune',
      'hyprwatch',
      'standard-webhooks',
    ]);
    expect(data.find((each) => each.id === 'hyprwatch')).toMatchObject({
      timeout_seconds: 30,
      delays_seconds: [60, 300, 1_800, 7_200],
      signature_header: 'X-Hyprwatch-Signature',
    });
    const tiers = await world.send('GET', '/tiers');
    expect(tiers.body['data']).toHaveLength(7);
  });

  it('answers an unknown path as a problem too', async () => {
    const answer = await world.send('GET', '/nothing-here');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});
