import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});

afterAll(() => world.close());

const url = 'https://example.com/hook';

describe('limits of a webhook', () => {
  it('are set, changed one by one and taken away again', async () => {
    const { key } = await world.tenant('hyprwatch');
    const body = { url, limits: { per_second: 2.5 } };
    const created = await world.send('POST', '/webhooks', { key, body });
    expect(created.status).toBe(201);
    expect(created.body['limits']).toEqual({ per_second: 2.5, concurrency: null });
    const path = `/webhooks/${String(created.body['id'])}`;
    const change = async (limits: object) =>
      (await world.send('PATCH', path, { key, body: { limits } })).body['limits'];
    expect(await change({ concurrency: 3 })).toEqual({ per_second: 2.5, concurrency: 3 });
    expect(await change({ per_second: null })).toEqual({ per_second: null, concurrency: 3 });
    const renamed = await world.send('PATCH', path, { key, body: { description: 'other' } });
    expect(renamed.body['limits']).toEqual({ per_second: null, concurrency: 3 });
  });

  it.each([
    [{ per_second: 0 }, '/limits/per_second'],
    [{ per_second: 10_001 }, '/limits/per_second'],
    [{ per_second: '5' }, '/limits/per_second'],
    [{ concurrency: 0 }, '/limits/concurrency'],
    [{ concurrency: 65 }, '/limits/concurrency'],
    [{ concurrency: 1.5 }, '/limits/concurrency'],
    [{ 'per/minute': 5 }, '/limits/per~1minute'],
    [{ constructor: 5 }, '/limits/constructor'],
    [5, '/limits'],
    [null, '/limits'],
  ])('are refused where they are %j', async (limits, pointer) => {
    const { key } = await world.tenant('hyprwatch');
    const refused = await world.send('POST', '/webhooks', { key, body: { url, limits } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
  });
});

describe('limits of a tenant', () => {
  it('are the operator’s to set, one by one', async () => {
    const limits = { events_per_second: 5 };
    const { id, key } = await world.tenant('hyprwatch', { limits });
    const read = async () => (await world.send('GET', `/tenants/${id}`)).body['limits'];
    expect(await read()).toEqual({ max_endpoints: null, events_per_second: 5, max_payload_bytes: null });
    await world.send('PATCH', `/tenants/${id}`, { body: { limits: { max_payload_bytes: 1_000 } } });
    await world.send('PATCH', `/tenants/${id}`, { body: { limits: { events_per_second: null } } });
    await world.send('PATCH', `/tenants/${id}`, { body: { name: 'renamed' } });
    expect(await read()).toEqual({ max_endpoints: null, events_per_second: null, max_payload_bytes: 1_000 });
    expect((await world.send('PATCH', `/tenants/${id}`, { key, body: { limits } })).status).toBe(403);
    for (const odd of [{ events_per_second: 0 }, { max_endpoints: -1 }, { max_endpoint: 1 }]) {
      const refused = await world.send('PATCH', `/tenants/${id}`, { body: { limits: odd } });
      const pointer = `/limits/${Object.keys(odd)[0]}`;
      expect(refused.body).toMatchObject({ status: 422, errors: [expect.objectContaining({ pointer })] });
    }
  });

  it('end the creating of webhooks with a 409 of its own, also for calls at the same time', async () => {
    const { id, key } = await world.tenant('hyprwatch', { limits: { max_endpoints: 3 } });
    const calls = Array.from({ length: 8 }, () => world.send('POST', '/webhooks', { key, body: { url } }));
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      201, 201, 201, 409, 409, 409, 409, 409,
    ]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'too_many_webhooks' });
    expect(world.control.table.endpointsOf(id)).toHaveLength(3);
    const [first] = world.control.table.endpointsOf(id);
    await world.send('DELETE', `/webhooks/${first!.id}`, { key });
    expect((await world.send('POST', '/webhooks', { key, body: { url } })).status).toBe(201);
    await world.send('PATCH', `/tenants/${id}`, { body: { limits: { max_endpoints: null } } });
    expect((await world.send('POST', '/webhooks', { key, body: { url } })).status).toBe(201);
  });
});
