import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

interface Line {
  readonly kind: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

const secret = 'whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU=';
const tenant = { kind: 'tenant', id: 'moved', name: 'Moved', contract: 'hyprwatch' };
const key = {
  kind: 'key',
  id: 'key_theirs',
  tenant: 'moved',
  name: 'backend',
  prefix: 'hw_live_abcd',
  hash: 'a'.repeat(64),
  scopes: ['events:write'],
};
const webhook = {
  kind: 'webhook',
  id: 'we_1NxQ:7.a-b',
  tenant: 'moved',
  url: 'https://example.com/hook',
  secret,
};

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});
afterAll(() => world.close());

const bring = async (lines: readonly unknown[], more: Record<string, unknown> = {}) => {
  const answer = await world.send('POST', '/import', { body: { lines, ...more } });
  return { ...answer, results: (answer.body['results'] ?? []) as readonly Record<string, unknown>[] };
};
const resultsOf = async (...given: Parameters<typeof bring>) =>
  (await bring(...given)).results.map(({ result }) => result);

async function exported(from = world): Promise<readonly Line[]> {
  const answer = await from.app.inject({
    method: 'GET',
    url: '/api/v1/export',
    headers: { authorization: `Bearer ${from.rootKey}` },
  });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store',
  });
  return answer.payload
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('an import', () => {
  it('moves limits too, tells of those that differ, and refuses what no limit may be', async () => {
    const limited = [
      { ...tenant, id: 'limited', limits: { events_per_second: 50 } },
      { ...webhook, id: 'wh_limited', tenant: 'limited', limits: { per_second: 0.5, concurrency: 2 } },
    ];
    expect(await resultsOf(limited)).toEqual(['created', 'created']);
    const lines = (await exported()).filter(({ id }) => id === 'limited' || id === 'wh_limited');
    expect(lines).toMatchObject([
      { limits: { max_endpoints: null, events_per_second: 50, max_payload_bytes: null } },
      { limits: { per_second: 0.5, concurrency: 2 } },
    ]);
    expect(await resultsOf(lines)).toEqual(['unchanged', 'unchanged']);
    const without = limited.map((line) => ({ ...line, limits: {} }));
    expect(await resultsOf(without)).toEqual(['conflict', 'conflict']);
    expect(await resultsOf(without, { on_conflict: 'update' })).toEqual(['updated', 'updated']);
    expect(world.control.table.endpoint('wh_limited')?.limits).toEqual({
      perSecond: null,
      concurrency: null,
    });
    const wrong = { ...webhook, id: 'wh_wrong', limits: { per_second: 0 } };
    expect((await bring([wrong])).results).toMatchObject([
      { result: 'refused', problem: { errors: [{ pointer: '/lines/0/limits/per_second' }] } },
    ]);
  });

  it('brings things in under their own ids and secrets, and changes nothing the second time', async () => {
    const first = await bring([tenant, key, webhook]);
    expect(first.status).toBe(200);
    expect(first.body['counts']).toEqual({
      created: 3,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      conflict: 0,
      refused: 0,
    });
    expect(first.results[2]).toEqual({ kind: 'webhook', id: webhook.id, result: 'created' });
    expect(Number(first.headers['hyperhook-control-position'])).toBe(world.control.position);
    const before = world.control.position;
    expect(await resultsOf([tenant, key, webhook])).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(world.control.position).toBe(before);
    const shown = await world.send('GET', `/webhooks/${webhook.id}`);
    expect(shown.body).toMatchObject({ id: webhook.id, url: webhook.url, tenant: 'moved', active: true });
  });

  it('is one append, however many lines build on each other', async () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ ...webhook, id: `many_${n}`, tenant: 'many' }));
    const { appends } = watchAppends();
    expect(new Set(await resultsOf([{ ...tenant, id: 'many' }, ...many]))).toEqual(new Set(['created']));
    // The tenant first: its webhooks are judged by its contract.
    expect(appends()).toEqual([1, 200]);
  });

  it.each([
    ['fail', 'conflict'],
    ['skip', 'skipped'],
  ])('where something differs and on_conflict is %s, says %s and changes nothing', async (choice, result) => {
    const before = world.control.position;
    const differing = [
      { ...tenant, name: 'Other' },
      { ...webhook, description: 'other' },
    ];
    const answer = await bring(differing, { on_conflict: choice });
    expect(answer.results.map((each) => each['result'])).toEqual([result, result]);
    if (result === 'conflict') {
      expect(answer.results[1]).toMatchObject({
        problem: { status: 409, code: 'conflict', detail: expect.stringContaining('another description') },
      });
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    }
    expect(world.control.position).toBe(before);
  });

  it('updates what differs when it is told to: settings, switch and secret in one go', async () => {
    const other = secret.replace('uHi', 'vHi');
    const changed = { ...webhook, description: 'other', secret: other, active: false };
    expect(await resultsOf([{ ...tenant, name: 'Renamed' }, changed], { on_conflict: 'update' })).toEqual([
      'updated',
      'updated',
    ]);
    const lines = await exported();
    expect(lines).toContainEqual(expect.objectContaining({ id: 'moved', name: 'Renamed' }));
    expect(lines).toContainEqual({
      kind: 'webhook',
      id: webhook.id,
      tenant: 'moved',
      url: webhook.url,
      events: [],
      description: 'other',
      headers: {},
      secret: other,
      active: false,
    });
    expect(await resultsOf([changed])).toEqual(['unchanged']);
    expect(await resultsOf([webhook], { on_conflict: 'update' })).toEqual(['updated']);
  });

  it('never moves a webhook to another tenant, changes a contract or a key', async () => {
    await bring([{ ...tenant, id: 'other' }]);
    const fixed = [
      { ...webhook, tenant: 'other' },
      { ...tenant, contract: 'hypertune' },
      { ...key, scopes: ['events:read'] },
      { ...key, id: 'key_twin' },
    ];
    const answer = await bring(fixed, { on_conflict: 'update' });
    expect(answer.results.map((each) => each['result'])).toEqual(Array(4).fill('conflict'));
    expect(answer.results.map((each) => (each['problem'] as { detail: string }).detail)).toEqual([
      expect.stringContaining('another tenant'),
      expect.stringContaining('another contract'),
      expect.stringContaining('another scopes'),
      expect.stringContaining('under another id'),
    ]);
  });

  it('tells each line that is wrong in its place, and takes the others', async () => {
    const wrong = [
      { ...webhook, id: 'ok_1' },
      { ...webhook, id: 'bad_1', url: 'http://10.0.0.1/' },
      { ...webhook, id: '../etc', events: ['host.online'] },
      { ...webhook, id: 'bad_2', evnets: [] },
      { ...webhook, id: 'bad_3', tenant: 'nobody' },
      { ...webhook, id: 'bad_4', secret: undefined },
      { ...webhook, id: 'bad_5', secret: 'x' },
      { kind: 'pet', id: 'rex' },
      'not an object',
      { ...key, id: 'key_2', hash: 'short' },
      { ...webhook, id: 'bad_6', secret: undefined, secrets: [{ secret, until: 'soon' }] },
      { ...webhook, id: 'ok_2' },
    ];
    const { results } = await bring(wrong);
    const told = results.map((each) => [
      each['result'],
      (each['problem'] as { errors?: { pointer: string }[] } | undefined)?.errors?.[0]?.pointer,
    ]);
    expect(told).toEqual([
      ['created', undefined],
      ['refused', '/lines/1/url'],
      ['refused', '/lines/2/id'],
      ['refused', '/lines/3/evnets'],
      ['refused', '/lines/4/tenant'],
      ['refused', '/lines/5/secret'],
      ['refused', '/lines/6/secret'],
      ['refused', '/lines/7/kind'],
      ['refused', '/lines/8'],
      ['refused', '/lines/9/hash'],
      ['refused', '/lines/10/secrets/0/until'],
      ['created', undefined],
    ]);
  });

  it('judges everything in a dry run, what builds on new lines too, and writes nothing', async () => {
    const before = world.control.position;
    const fresh = [
      { ...tenant, id: 'dry' },
      { ...webhook, id: 'dry_1', tenant: 'dry' },
    ];
    const again = [...fresh, { ...webhook, id: 'dry_1', tenant: 'dry', description: 'x' }];
    expect(await resultsOf(again, { dry_run: true })).toEqual(['created', 'created', 'conflict']);
    expect(world.control.position).toBe(before);
    expect(await resultsOf(again)).toEqual(['created', 'created', 'conflict']);
  });

  it('is for root keys with admin', async () => {
    const { key: tenantKey } = await world.tenant('hyprwatch');
    for (const [method, path, body] of [
      ['POST', '/import', { lines: [tenant] }],
      ['GET', '/export', undefined],
    ] as const) {
      const refused = await world.send(method, path, { key: tenantKey, body });
      expect(refused).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
    }
    for (const body of [{}, { lines: [] }, { lines: 'x' }, { lines: [tenant], on_conflict: 'maybe' }]) {
      expect((await world.send('POST', '/import', { body })).status).toBe(422);
    }
  });
});

describe('an export', () => {
  it('says in control who took what, before anything leaves', async () => {
    const before = world.control.position;
    const lines = await exported();
    const record = await world.log.readOne('control', 0, before);
    expect(record?.headers).toMatchObject({
      ce_type: 'hyperhook.installation.exported',
      actor: 'key:key_root',
    });
    const end = lines.at(-1);
    expect(JSON.parse(Buffer.from(record!.value).toString())).toMatchObject({
      tenants: end?.['tenants'],
      keys: end?.['keys'],
      endpoints: end?.['webhooks'],
    });
    expect(end).toMatchObject({
      kind: 'end',
      webhooks: lines.filter(({ kind }) => kind === 'webhook').length,
    });
  });

  it('goes into an empty installation, and comes out of it as it was', async () => {
    await world.tenant('hyperspell');
    const leap = await world.tenant('hyperleap');
    await world.webhook(leap.key, { secret: null, headers: { 'X-Team': 'ops' } });
    const std = await world.tenant('standard-webhooks');
    await world.webhook(std.key, { signature: 'both' });
    const rotated = await world.webhook(std.key);
    await world.send('POST', `/webhooks/${rotated}/rotate-secret`, {
      key: std.key,
      body: { grace_period_seconds: 3_600 },
    });
    const lines = (await exported()).filter(({ kind }) => kind !== 'end');
    expect(lines.find(({ id }) => id === rotated)).toMatchObject({
      secrets: [{ until: null }, { until: expect.any(String) }],
    });
    const other = await AdminWorld.start();
    try {
      // Its own root key has the same id, and is another key.
      const moving = lines.filter(({ id }) => id !== 'key_root');
      const body = { lines: moving };
      const answer = await other.send('POST', '/import', { body });
      expect(answer.body['counts']).toMatchObject({ created: moving.length });
      const after = (await exported(other)).filter(({ kind, id }) => kind !== 'end' && id !== 'key_root');
      expect(after).toEqual(moving);
      // The customer's key is good there, though nobody ever told it.
      expect((await other.send('GET', '/webhooks', { key: leap.key })).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

/** How many records each append of `control` has from here on. */
function watchAppends(): { readonly appends: () => readonly number[] } {
  const sizes: number[] = [];
  const original = world.log.append.bind(world.log);
  world.log.append = (records) => {
    sizes.push(records.length);
    return original(records);
  };
  return {
    appends: () => {
      world.log.append = original;
      return sizes;
    },
  };
}
