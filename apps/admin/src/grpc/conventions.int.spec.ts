import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallOptions } from '#testkit';
import type { AdminWorld } from '../../fixtures/admin-world.ts';
import { GrpcWorld, HOOK_URL as url } from '../../fixtures/grpc-scene.ts';

describe('administration over gRPC, as REST by headers', () => {
  let open: GrpcWorld;
  let world: AdminWorld;
  let one: { readonly id: string; readonly key: string };
  let two: { readonly id: string; readonly key: string };

  beforeAll(async () => {
    open = await GrpcWorld.open();
    ({ world } = open);
    one = await world.tenant('hyprwatch');
    two = await world.tenant('hyprwatch');
  });

  afterAll(() => open.close());

  const call = (what: string, request: object, options?: CallOptions) => open.call(what, request, options);

  it('a change over a version that is no longer current is ABORTED', async () => {
    const mine = await world.webhook(one.key);
    const change = (version: number) =>
      call(
        'WebhookService/UpdateWebhook',
        { id: mine, description: `v${version}`, if_version: version },
        { key: one.key },
      );
    expect((await change(1)).message['webhook']).toMatchObject({ description: 'v1', version: 2 });
    expect(await change(1)).toMatchObject({
      code: status.ABORTED,
      problem: { code: 'precondition_failed', status: 412 },
    });
  });

  it('a root key acts for the tenant that its metadata names', async () => {
    const acting = { metadata: { 'hyperhook-tenant': two.id } };
    const made = await call('WebhookService/CreateWebhook', { url }, acting);
    expect(world.control.table.endpoint((made.message['webhook'] as { id: string }).id)!.tenantId).toBe(
      two.id,
    );
    const nobody = await call(
      'WebhookService/ListWebhooks',
      {},
      { metadata: { 'hyperhook-tenant': 'nobody' } },
    );
    expect(nobody.code).toBe(status.NOT_FOUND);
    const foreign = await call(
      'WebhookService/ListWebhooks',
      {},
      { key: two.key, metadata: { 'hyperhook-tenant': one.id } },
    );
    expect(foreign.code).toBe(status.NOT_FOUND);
  });

  it('unsigned is said by a field of its own, since null cannot be sent', async () => {
    const leap = await world.tenant('hyperleap');
    const make = (signing: object) =>
      call('WebhookService/CreateWebhook', { url, ...signing }, { key: leap.key });
    expect((await make({ unsigned: true })).message).not.toHaveProperty('secret');
    expect((await make({})).message).toHaveProperty('secret');
    expect(await make({ unsigned: false })).toMatchObject({
      problem: { errors: [{ pointer: '/unsigned' }] },
    });
    const watch = await call('WebhookService/CreateWebhook', { url, unsigned: true }, { key: two.key });
    expect(watch.code).toBe(status.INVALID_ARGUMENT);
  });

  it('what is absent stays, what is empty is emptied', async () => {
    const made = await world.webhook(two.key, {
      events: ['host.online'],
      headers: { 'x-a': 'b' },
      description: 'd',
    });
    const change = async (fields: object) =>
      (await call('WebhookService/UpdateWebhook', { id: made, ...fields }, { key: two.key })).message[
        'webhook'
      ];
    expect(await change({ description: 'e' })).toMatchObject({
      events: ['host.online'],
      headers: ['x-a'],
      description: 'e',
    });
    const emptied = await change({ events: {}, headers: {}, description: '' });
    expect(emptied).not.toHaveProperty('events');
    expect(world.control.table.endpoint(made)).toMatchObject({ events: [], headers: {}, description: '' });
  });

  it('key pairs are asked for, and shown, as over REST', async () => {
    const standard = await world.tenant('standard-webhooks');
    const made = await call('WebhookService/CreateWebhook', { url, signature: 'v1a' }, { key: standard.key });
    expect(made.message).not.toHaveProperty('secret');
    expect(made.message['webhook']).toMatchObject({
      signature: 'v1a',
      public_key: expect.stringMatching(/^whpk_/),
    });
    const { id } = made.message['webhook'] as { id: string };
    const rotate = { id, signature: 'both' };
    const rotated = await call('WebhookService/RotateSecret', rotate, { key: standard.key });
    expect(rotated.message).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      webhook: { signature: 'both' },
    });
    const wrong = await call('WebhookService/CreateWebhook', { url, signature: 'v1a' }, { key: one.key });
    expect(wrong.problem).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '/signature' }] });
  });

  it('a limit is taken away by name', async () => {
    const limits = { per_second: 3, concurrency: 2 };
    const mine = await world.webhook(one.key, { limits });
    const change = { id: mine, no_limits: ['per_second'] };
    const changed = await call('WebhookService/UpdateWebhook', change, { key: one.key });
    expect((changed.message['webhook'] as { limits: object }).limits).toEqual({ concurrency: 2 });
    const both = { id: mine, limits: { concurrency: 1 }, no_limits: ['concurrency'] };
    const refused = await call('WebhookService/UpdateWebhook', both, { key: one.key });
    expect(refused.problem).toMatchObject({ errors: [{ pointer: '/no_limits/0', code: 'not_both' }] });
  });

  it('a portal token stands in the place of a key', async () => {
    const issued = await call('TenantService/IssuePortalToken', { id: one.id }, { key: one.key });
    const key = String(issued.message['token']);
    expect((await call('WebhookService/ListWebhooks', {}, { key })).code).toBe(status.OK);
    expect((await call('KeyService/ListKeys', {}, { key })).code).toBe(status.PERMISSION_DENIED);
    const foreign = await call('TenantService/IssuePortalToken', { id: two.id }, { key: one.key });
    expect(foreign.code).toBe(status.NOT_FOUND);
  });

  it('a token is told whose it is, and a root key acts for nobody until it names a tenant', async () => {
    const issued = await call('TenantService/IssuePortalToken', { id: one.id }, { key: one.key });
    const token = await call('KeyService/WhoAmI', {}, { key: String(issued.message['token']) });
    expect(token.message).toMatchObject({ credential: 'portal_token', tenant: { id: one.id } });
    const root = await call('KeyService/WhoAmI', {});
    expect(root.message).toEqual({ credential: 'key', scopes: ['admin'] });
    const acting = await call('KeyService/WhoAmI', {}, { metadata: { 'hyperhook-tenant': two.id } });
    expect(acting.message).toMatchObject({ credential: 'key', tenant: { id: two.id } });
  });

  it('activity is that of all the caller’s webhooks where none is named', async () => {
    const three = await world.tenant('hyprwatch');
    const mine = await world.webhook(three.key);
    const { message } = await call('WebhookService/ListActivity', {}, { key: three.key });
    expect(message['activities']).toEqual([expect.objectContaining({ webhook_id: mine, deliveries: 0 })]);
    expect((message['activities'] as object[])[0]).not.toHaveProperty('success_ratio');
  });

  it('a record is put back once; asked again, nothing is written and no position told', async () => {
    const place = { topic: 'events', partition: 0, offset: 4 };
    world.history.quarantined.push({ ...place, reason: 'x', at: 1, reportOffset: 0 });
    world.history.audit.push({
      position: 7,
      factId: 'f',
      at: Date.UTC(2026, 10, 28),
      actor: 'key:key_root',
      type: 'record.redriven',
      subjectKind: 'record',
      subjectId: 'events/0/4',
      tenantId: null,
      before: null,
      after: null,
      details: { offset: 99 },
    });
    const before = world.control.position;
    const again = await call('OperationsService/RedriveQuarantined', place);
    expect(again.message).toEqual({
      ...place,
      offset: 99,
      redriven: false,
      at: '2026-11-28T00:00:00.000Z',
    });
    expect(again.headers.get('hyperhook-control-position')).toEqual([]);
    expect(world.control.position).toBe(before);
  });

  it('when a key was used last is told, and told from what nobody knows', async () => {
    const id = world.control.table.keys().next().value!.id;
    world.history.keyUses.set(id, Date.UTC(2026, 10, 20, 12));
    const read = async () => (await call('KeyService/GetKey', { id })).message['key'];
    expect(await read()).toMatchObject({ id, last_used_at: '2026-11-20T12:00:00.000Z' });
    world.history.down = true;
    try {
      const unknown = await read();
      expect(unknown).toMatchObject({ id, last_use_unknown: true });
      expect(unknown).not.toHaveProperty('last_used_at');
    } finally {
      world.history.down = false;
    }
  });

  it('while PostgreSQL is away only history answers UNAVAILABLE, and says when to come back', async () => {
    world.history.down = true;
    try {
      const away = await call('EventService/ListEvents', {}, { key: two.key });
      expect(away).toMatchObject({ code: status.UNAVAILABLE, problem: { code: 'unavailable' } });
      expect(away.trailers.get('grpc-status-details-bin')[0]!.toString()).toContain('google.rpc.RetryInfo');
      expect(JSON.stringify(away)).not.toContain('ECONNREFUSED');
      const mine = await world.webhook(two.key);
      const read = await call('WebhookService/GetWebhook', { id: mine }, { key: two.key });
      expect(read).toMatchObject({ code: 0 });
      expect(read.message).not.toHaveProperty('deliveries');
    } finally {
      world.history.down = false;
    }
  });

  describe('an idempotency key', () => {
    const once = (key: string, what: string, request: object) =>
      call(what, request, { key: one.key, metadata: { 'idempotency-key': key } });

    it('has a call done once, and its answer given again, secret and position included', async () => {
      const first = await once('k-1', 'WebhookService/CreateWebhook', { url });
      const before = world.control.position;
      const again = await once('k-1', 'WebhookService/CreateWebhook', { url });
      expect(again.message).toEqual(first.message);
      expect(first.headers.get('idempotency-replayed')).toEqual([]);
      expect(again.headers.get('idempotency-replayed')).toEqual(['true']);
      expect(again.headers.get('hyperhook-control-position')).toEqual(
        first.headers.get('hyperhook-control-position'),
      );
      expect(world.control.position).toBe(before);
    });

    it('belongs to one request, and to one call', async () => {
      await once('k-2', 'WebhookService/CreateWebhook', { url });
      for (const [what, request] of [
        ['WebhookService/CreateWebhook', { url: 'https://example.org/' }],
        ['WebhookService/UpdateWebhook', { url }],
      ] as const) {
        const reused = await once('k-2', what, request);
        expect(reused).toMatchObject({
          code: status.INVALID_ARGUMENT,
          problem: { code: 'idempotency_key_reused' },
        });
      }
    });

    it('says nothing to a call that only reads, and is not kept where the call failed', async () => {
      const read = await once('k-3', 'WebhookService/ListWebhooks', {});
      expect(read.headers.get('idempotency-replayed')).toEqual([]);
      expect((await once('k-3', 'WebhookService/CreateWebhook', {})).code).toBe(status.INVALID_ARGUMENT);
      expect((await once('k-3', 'WebhookService/CreateWebhook', { url })).code).toBe(status.OK);
    });
  });
});

describe('the rate limit of a key, over gRPC', () => {
  it('is told with each answer, and refuses with the time to wait', async () => {
    const limited = await GrpcWorld.open({ requestsPerMinute: 4 });
    try {
      const ask = (options?: CallOptions) => limited.call('CatalogService/ListTiers', {}, options);
      const first = await ask();
      expect(first.headers.get('ratelimit-policy')).toEqual(['"default";q=4;w=60']);
      expect(first.headers.get('ratelimit')).toEqual(['"default";r=3;t=15']);
      const stranger = await ask({ key: 'nobody' });
      expect(stranger.trailers.get('ratelimit')).toEqual([]);
      const nothing = await limited.call('WebhookService/GetWebhook', { id: 'nothing' });
      expect(nothing.trailers.get('ratelimit')).toEqual([expect.stringMatching(/^"default";r=2;/)]);
      for (let n = 0; n < 2; n += 1) expect((await ask()).code).toBe(status.OK);
      const refused = await ask();
      expect(refused).toMatchObject({
        code: status.RESOURCE_EXHAUSTED,
        problem: { code: 'too_many_requests', status: 429 },
      });
      expect(refused.trailers.get('grpc-status-details-bin').toString()).toContain('google.rpc.RetryInfo');
      expect(refused.trailers.get('ratelimit')).toEqual([expect.stringMatching(/^"default";r=0;/)]);
    } finally {
      await limited.close();
    }
  });
});
