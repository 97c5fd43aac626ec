import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;
let now = Date.parse('2026-11-21T12:00:00Z');

beforeAll(async () => {
  world = await AdminWorld.start({ now: () => now });
});

afterAll(() => world.close());

async function keyWith(tenant: string | undefined, scopes: readonly string[]) {
  const { body } = await world.send('POST', '/keys', { body: { name: 'x', tenant, scopes } });
  return { id: String(body['id']), key: String(body['key']) };
}

const issue = (tenant: string, key: string | undefined, body: unknown = {}) =>
  world.send('POST', `/tenants/${tenant}/portal-tokens`, { ...(key === undefined ? {} : { key }), body });

describe('portal tokens', () => {
  it('let a customer’s own page do what a page does, for an hour, and leave nothing in control', async () => {
    const { id, key } = await world.tenant('hyprwatch');
    const position = world.control.position;
    const issued = await issue(id, key);
    expect(issued.status).toBe(201);
    expect(issued.headers['cache-control']).toBe('no-store');
    expect(issued.body).toEqual({
      token: expect.stringMatching(/^hh_portal_/),
      tenant: id,
      scopes: ['events:read', 'endpoints:read', 'endpoints:write', 'deliveries:read', 'deliveries:replay'],
      expires_at: '2026-11-21T13:00:00.000Z',
    });
    expect(world.control.position).toBe(position);
    const token = String(issued.body['token']);
    const hook = await world.webhook(token);
    for (const path of ['/webhooks', `/webhooks/${hook}`, '/deliveries', '/events', '/contracts']) {
      expect([path, (await world.send('GET', path, { key: token })).status]).toEqual([path, 200]);
    }
    for (const path of ['/tenants', '/keys', `/tenants/${id}`]) {
      expect([path, (await world.send('GET', path, { key: token })).status]).toEqual([path, 403]);
    }
    now += 3_600_000;
    const late = await world.send('GET', '/webhooks', { key: token });
    expect(late.status).toBe(401);
    expect(late.body).toMatchObject({ code: 'expired_key' });
    expect(late.headers['www-authenticate']).toContain('invalid_token');
  });

  it('are found among facts as what the key let somebody do', async () => {
    const { id, key } = await world.tenant('hyprwatch');
    const token = String((await issue(id, key)).body['token']);
    const actors: string[] = [];
    const end = world.control.onApplied((_, entry) => actors.push(entry.actor));
    await world.webhook(token);
    end();
    expect(actors).toEqual([expect.stringMatching(/^portal:key_/)]);
  });

  it('see nothing of another tenant, also when the operator issued them', async () => {
    const one = await world.tenant('hyprwatch');
    const two = await world.tenant('hyprwatch');
    const hook = await world.webhook(one.key);
    const token = String((await issue(two.id, undefined)).body['token']);
    expect((await world.send('GET', `/webhooks/${hook}`, { key: token })).status).toBe(404);
    expect((await world.send('GET', `/webhooks?tenant=${one.id}`, { key: token })).status).toBe(404);
    expect((await world.send('GET', '/webhooks', { key: token })).body['data']).toEqual([]);
    expect((await issue(one.id, two.key)).status).toBe(404);
    expect((await issue('nobody', undefined)).status).toBe(404);
  });

  it('end with the key that issued them, and with the tenant', async () => {
    const { id } = await world.tenant('hyprwatch');
    const own = await keyWith(id, ['endpoints:read', 'endpoints:write']);
    const [byOwn, byRoot] = [await issue(id, own.key), await issue(id, undefined)];
    const statusOf = async (answer: typeof byOwn) =>
      (await world.send('GET', '/webhooks', { key: String(answer.body['token']) })).status;
    expect([await statusOf(byOwn), await statusOf(byRoot)]).toEqual([200, 200]);
    await world.send('DELETE', `/keys/${own.id}`);
    expect([await statusOf(byOwn), await statusOf(byRoot)]).toEqual([401, 200]);
    await world.send('DELETE', `/tenants/${id}`);
    expect(await statusOf(byRoot)).toBe(401);
  });

  it('have no more than the key that issues them has, and cannot issue others', async () => {
    const { id } = await world.tenant('hyprwatch');
    const reader = await keyWith(id, ['endpoints:read']);
    expect((await issue(id, reader.key)).body).toMatchObject({ code: 'missing_scope' });
    const writer = await keyWith(id, ['endpoints:write']);
    const issued = await issue(id, writer.key);
    expect(issued.body['scopes']).toEqual(['endpoints:write']);
    const refused = await issue(id, writer.key, { reveal_secrets: true });
    expect(refused.status).toBe(403);
    expect(refused.body['detail']).toContain('secrets:reveal');
    const again = await issue(id, String(issued.body['token']));
    expect(again.status).toBe(403);
    expect(again.body).toMatchObject({ code: 'forbidden' });
    expect((await issue(id, undefined, { reveal_secrets: true })).body['scopes']).toContain('secrets:reveal');
  });

  it.each([
    [{ expires_in_seconds: 86_401 }, '/expires_in_seconds'],
    [{ expires_in_seconds: 59 }, '/expires_in_seconds'],
    [{ expires_in_seconds: '60' }, '/expires_in_seconds'],
    [{ reveal_secrets: 'yes' }, '/reveal_secrets'],
    [{ scopes: ['admin'] }, '/scopes'],
  ])('are refused for %j', async (body, pointer) => {
    const { id, key } = await world.tenant('hyprwatch');
    const refused = await issue(id, key, body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
  });
});

describe('one key', () => {
  it('tells when it was used last, is not sure while the history is away, and is shown all the same', async () => {
    const { id } = await world.tenant('hyprwatch');
    const made = await keyWith(id, ['events:write']);
    const shown = async () => (await world.send('GET', `/keys/${made.id}`)).body;
    expect(await shown()).toMatchObject({ last_used_at: null });
    world.history.keyUses.set(made.id, Date.parse('2026-11-21T11:59:00Z'));
    expect(await shown()).toMatchObject({ last_used_at: '2026-11-21T11:59:00.000Z' });
    const listed = await world.send('GET', `/keys?tenant=${id}`);
    expect(listed.body['data']).toHaveLength(2);
    expect(listed.body['data']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ last_used_at: null }),
        expect.objectContaining({ id: made.id, last_used_at: '2026-11-21T11:59:00.000Z' }),
      ]),
    );
    world.history.down = true;
    try {
      expect(await shown()).toMatchObject({ id: made.id });
      expect(await shown()).not.toHaveProperty('last_used_at');
    } finally {
      world.history.down = false;
    }
  });

  it('is shown by its id, without what opens anything', async () => {
    const { id } = await world.tenant('hyprwatch');
    const made = await keyWith(id, ['events:write']);
    const shown = await world.send('GET', `/keys/${made.id}`);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({ id: made.id, tenant: id, scopes: ['events:write'] });
    expect(JSON.stringify(shown.body)).not.toContain(made.key);
    expect((await world.send('GET', '/keys/key_none')).status).toBe(404);
    const other = await world.tenant('hyprwatch');
    expect((await world.send('GET', `/keys/${made.id}?tenant=${other.id}`)).status).toBe(404);
  });
});
