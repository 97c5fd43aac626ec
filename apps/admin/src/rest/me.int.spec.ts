import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});

afterAll(() => world.close());

const me = async (key?: string, query = '') =>
  (await world.send('GET', `/me${query}`, key === undefined ? {} : { key })).body;

describe('GET /me', () => {
  it('tells a portal token whose it is, by which contract, and what it may do', async () => {
    const { id, key } = await world.tenant('hyperleap');
    const { body } = await world.send('POST', `/tenants/${id}/portal-tokens`, { key, body: {} });
    expect(await me(String(body['token']))).toEqual({
      credential: 'portal_token',
      scopes: ['events:read', 'endpoints:read', 'endpoints:write', 'deliveries:read', 'deliveries:replay'],
      tenant: expect.objectContaining({ id, contract: 'hyperleap', entitled: true, has_secret: false }),
    });
    expect(await me(key)).toMatchObject({ credential: 'key', tenant: { id } });
  });

  it('HL-1: says that the plan has no webhooks, to a page that shows a badge then', async () => {
    const { id, key } = await world.tenant('hyperleap');
    await world.send('PATCH', `/tenants/${id}`, { body: { entitled: false } });
    expect(await me(key)).toMatchObject({ tenant: { id, entitled: false } });
  });

  it('has no tenant for a root key, but where it names one', async () => {
    const { id } = await world.tenant('hyprwatch');
    expect(await me()).toMatchObject({ credential: 'key', tenant: null });
    expect(await me(undefined, `?tenant=${id}`)).toMatchObject({ tenant: { id } });
    expect(await me(undefined, '?tenant=nobody')).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('GET /contracts', () => {
  it('says how each is signed, as a receiver must check it', async () => {
    const { body } = await world.send('GET', '/contracts');
    const contracts = body['data'] as { id: string; signature: unknown; secret: unknown }[];
    const of = (id: string) => contracts.find((contract) => contract.id === id);
    expect(of('hypertune')?.signature).toEqual({
      header: 'X-Hypertune-Signature',
      prefix: '',
      encoding: 'hex',
      key: 'utf8',
      content: ['body'],
      separator: null,
      ed25519_prefix: null,
    });
    expect(of('standard-webhooks')?.signature).toMatchObject({
      content: ['event-id', 'attempt-seconds', 'body'],
      separator: ' ',
      ed25519_prefix: 'v1a,',
    });
    expect(of('hyperleap')?.secret).toMatchObject({ owner: 'endpoint', min_length: 8, max_length: 512 });
  });
});
