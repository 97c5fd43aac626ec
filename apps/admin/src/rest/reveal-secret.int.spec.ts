import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeControl } from '#log';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;
let tenant: { readonly id: string; readonly key: string };
let revealing: string;

const keyWith = async (scopes: readonly string[], of?: string): Promise<string> => {
  const made = await world.send('POST', '/keys', { body: { name: 'k', scopes, tenant: of } });
  return String(made.body['key']);
};

/** The latest fact of `control`. */
const lastFact = async () => {
  const [end = 0] = await world.log.endOffsets('control');
  const decoded = decodeControl((await world.log.readOne('control', 0, end - 1))!);
  if (!decoded.ok) throw new Error('unreadable');
  return decoded.value;
};

beforeAll(async () => {
  world = await AdminWorld.start();
  tenant = await world.tenant('standard-webhooks');
  revealing = await keyWith(['secrets:reveal'], tenant.id);
});
afterAll(() => world.close());

describe('a secret', () => {
  it('is revealed to a key that may, and who it was is a fact before it is shown', async () => {
    const body = { url: 'https://example.com/hook' };
    const created = await world.send('POST', '/webhooks', { key: tenant.key, body });
    const id = String(created.body['id']);
    const answer = await world.send('POST', `/webhooks/${id}/reveal-secret`, { key: revealing });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ id, secret: created.body['secret'], previous: [] });
    expect(answer.headers['cache-control']).toBe('no-store');
    const { actor, fact } = await lastFact();
    expect(fact).toMatchObject({ type: 'secret.revealed', tenantId: tenant.id, endpointId: id });
    expect(actor).toMatch(/^key:key_/);
    expect(JSON.stringify(fact)).not.toContain(String(created.body['secret']));
  });

  it('is not revealed without the scope, and that leaves no fact', async () => {
    const id = await world.webhook(tenant.key);
    const before = await lastFact();
    const answer = await world.send('POST', `/webhooks/${id}/reveal-secret`, { key: tenant.key });
    expect(answer).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    expect(await lastFact()).toEqual(before);
  });

  it('of another tenant is not there', async () => {
    const other = await world.tenant('standard-webhooks');
    const id = await world.webhook(other.key);
    const answer = await world.send('POST', `/webhooks/${id}/reveal-secret`, { key: revealing });
    expect(answer).toMatchObject({ status: 404, body: { detail: 'no such webhook' } });
  });

  it('in its grace period is revealed with the newest, and no longer afterwards', async () => {
    let now = Date.now();
    const timed = await AdminWorld.start({ now: () => now });
    const { key } = await timed.tenant('standard-webhooks');
    const body = { url: 'https://example.com/hook' };
    const created = await timed.send('POST', '/webhooks', { key, body });
    const path = `/webhooks/${String(created.body['id'])}`;
    const rotated = await timed.send('POST', `${path}/rotate-secret`, {
      key,
      body: { grace_period_seconds: 60 },
    });
    const during = await timed.send('POST', `${path}/reveal-secret`);
    expect(during.body).toMatchObject({
      secret: rotated.body['secret'],
      previous: [{ secret: created.body['secret'], expires_at: new Date(now + 60_000).toISOString() }],
    });
    now += 60_001;
    expect((await timed.send('POST', `${path}/reveal-secret`)).body).toMatchObject({ previous: [] });
    await timed.close();
  });

  it('is revealed ten times a minute to one key, then it is told when to come back, and no fact is written', async () => {
    let now = Date.now();
    const timed = await AdminWorld.start({ now: () => now });
    const { key } = await timed.tenant('standard-webhooks');
    const path = `/webhooks/${await timed.webhook(key)}/reveal-secret`;
    for (let n = 0; n < 10; n += 1) expect((await timed.send('POST', path)).status).toBe(200);
    const before = timed.control.position;
    now += 20_000;
    const refused = await timed.send('POST', path);
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': '40' },
      body: { code: 'too_many_requests' },
    });
    expect(timed.control.position).toBe(before);
    now += 40_001;
    expect((await timed.send('POST', path)).status).toBe(200);
    await timed.close();
  });

  it('of a webhook that has none is a conflict that says why', async () => {
    const leap = await world.tenant('hyperleap');
    const unsigned = await world.webhook(leap.key, { secret: null });
    const answer = await world.send('POST', `/webhooks/${unsigned}/reveal-secret`);
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('not signed') } });
    const spell = await world.tenant('hyperspell');
    const hook = await world.webhook(spell.key);
    const tenants = await world.send('POST', `/webhooks/${hook}/reveal-secret`);
    expect(tenants).toMatchObject({ status: 409, body: { detail: expect.stringContaining('/tenants/') } });
  });

  it("of a tenant is the operator's to see, nobody else's", async () => {
    const spell = await world.tenant('hyperspell');
    const path = `/tenants/${spell.id}/reveal-secret`;
    const answer = await world.send('POST', path);
    expect(answer.body).toEqual({ id: spell.id, secret: 'a-jwt-secret-of-the-app', previous: [] });
    expect((await lastFact()).fact).toMatchObject({ tenantId: spell.id, endpointId: null });
    const own = await keyWith(['secrets:reveal'], spell.id);
    expect((await world.send('POST', path, { key: own })).status).toBe(403);
    expect((await world.send('POST', `/tenants/${tenant.id}/reveal-secret`)).status).toBe(409);
    expect((await world.send('POST', '/tenants/nobody/reveal-secret')).status).toBe(404);
    expect((await world.send('POST', `${path}?tenant=${tenant.id}`)).status).toBe(404);
  });
});
