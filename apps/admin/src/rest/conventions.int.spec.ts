import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { FakeAnswered } from '../../fixtures/fake-answered.ts';

describe('what all calls have in common', () => {
  const answered = new FakeAnswered();
  let world: AdminWorld;
  let key = '';

  beforeAll(async () => {
    world = await AdminWorld.start({ answered, requestsPerMinute: 1_000 });
    ({ key } = await world.tenant('hyprwatch'));
  });
  afterAll(() => world.close());

  const create = (idempotencyKey: string, url = 'https://example.com/once') =>
    world.send('POST', '/webhooks', { key, body: { url }, headers: { 'idempotency-key': idempotencyKey } });

  it('a webhook is made once under one Idempotency-Key, and its secret shown again to the same request', async () => {
    const first = await create('make-one');
    expect(first.status).toBe(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const again = await create('make-one');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.body['secret']).toMatch(/^whsec_/);
    expect(again.headers['idempotency-replayed']).toBe('true');
    for (const name of ['etag', 'location', 'hyperhook-control-position', 'cache-control']) {
      expect([name, again.headers[name]]).toEqual([name, first.headers[name]]);
    }
    const { body } = await world.send('GET', '/webhooks', { key });
    const urls = (body['data'] as { url: string }[]).map(({ url }) => url);
    expect(urls.filter((url) => url === 'https://example.com/once')).toHaveLength(1);
  });

  it('another request under the same key is refused, a refused one may be mended, and others’ keys are theirs', async () => {
    await create('reused');
    const other = await create('reused', 'https://example.com/other');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
    expect((await create('mended', 'https://127.0.0.1/')).status).toBe(422);
    expect((await create('mended')).status).toBe(201);
    const neighbour = await world.tenant('hyprwatch');
    const theirs = await world.send('POST', '/webhooks', {
      key: neighbour.key,
      body: { url: 'https://example.com/theirs' },
      headers: { 'idempotency-key': 'reused' },
    });
    expect(theirs.status).toBe(201);
  });

  it('of ten at once under one key one is done; the others are told so or given its answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => create('at-once', 'https://example.com/at-once')),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body['id'])).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 201);
    for (const { status, body } of others) {
      expect([status, body['code']]).toEqual([409, 'idempotency_key_in_use']);
    }
  });

  it('only calls with the header need the database', async () => {
    answered.down = true;
    const without = await world.send('POST', '/webhooks', { key, body: { url: 'https://example.com/x' } });
    expect(without.status).toBe(201);
    expect(await create('away')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    answered.down = false;
    expect((await create('')).body).toMatchObject({ code: 'invalid_header' });
  });

  it('pages lead to the next one by a Link header too', async () => {
    for (const n of [1, 2, 3]) await world.webhook(key, { url: `https://example.com/page-${n}` });
    const page = await world.send('GET', '/webhooks?limit=2', { key });
    const next = encodeURIComponent(String(page.body['next']));
    expect(page.headers['link']).toBe(`</api/v1/webhooks?limit=2&after=${next}>; rel="next"`);
    const single = await world.send('GET', '/contracts', { key });
    expect(single.headers['link']).toBeUndefined();
  });

  it('a parameter that no call knows is told, also where a call takes none', async () => {
    const id = await world.webhook(key);
    for (const [method, path] of [
      ['GET', '/contracts'],
      ['GET', '/webhooks'],
      ['POST', '/webhooks'],
      ['DELETE', `/webhooks/${id}`],
    ] as const) {
      const body = method === 'POST' ? { url: 'https://example.com/' } : undefined;
      const refused = await world.send(method, `${path}?tennant=x`, { key, body });
      expect([method, path, refused.status]).toEqual([method, path, 422]);
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/tennant', code: 'unknown_field' }] });
    }
    expect((await world.send('GET', `/webhooks/${id}`, { key })).status).toBe(200);
  });

  it('times in filters are RFC 3339, on days that exist', async () => {
    for (const since of ['2026-11-21', '2026-02-30T00:00:00Z', '1700000000', '2026-11-21T25:00:00Z', 'now']) {
      const refused = await world.send('GET', `/deliveries?since=${encodeURIComponent(since)}`, { key });
      expect([since, refused.status]).toEqual([since, 422]);
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/since' }] });
    }
    const ok = await world.send(
      'GET',
      '/events?since=2026-11-21T00:00:00Z&until=2026-11-21T02:00:00%2B01:00',
      {
        key,
      },
    );
    expect(ok.status).toBe(200);
    expect((await world.send('GET', '/deliveries?code_class=6xx', { key })).status).toBe(422);
  });
});

describe('the rate limit of a key', () => {
  let world: AdminWorld;

  beforeAll(async () => {
    world = await AdminWorld.start({ requestsPerMinute: 5 });
  });
  afterAll(() => world.close());

  it('is told with each answer, and refuses with the time to wait; strangers are not counted', async () => {
    const first = await world.send('GET', '/contracts');
    expect(first.headers['ratelimit-policy']).toBe('"default";q=5;w=60');
    expect(first.headers['ratelimit']).toBe('"default";r=4;t=12');
    expect(
      (await world.send('GET', '/contracts', { key: 'hh_unknown' })).headers['ratelimit'],
    ).toBeUndefined();
    for (let n = 0; n < 4; n += 1) expect((await world.send('GET', '/contracts')).status).toBe(200);
    const refused = await world.send('GET', '/contracts');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit']).toMatch(/^"default";r=0;t=\d+$/);
  });
});
