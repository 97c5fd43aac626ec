import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHealth } from '#platform';
import { GrpcClient, type CallOptions } from '#testkit';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { openGrpcDoor, type GrpcDoor } from './grpc-door.ts';
import { uuidOf } from '../../fixtures/replay-rig.ts';
import { attemptRow, DELIVERY_ID, deliveryRow, eventRow } from '../../fixtures/rows.ts';

const url = 'https://example.com/hook';
const SINCE = '2023-11-14T00:00:00Z';
const EVENT_AT = Date.now() - 1_000;
const config = {
  host: '127.0.0.1',
  grpcPort: 0,
  grpcTlsCertFile: null,
  grpcTlsKeyFile: null,
  grpcTlsClientCaFile: null,
};

describe('administration over gRPC', () => {
  let world: AdminWorld;
  let door: GrpcDoor;
  let client: GrpcClient;
  let one: { readonly id: string; readonly key: string };
  let two: { readonly id: string; readonly key: string };
  let spell: { readonly id: string; readonly key: string };
  /** Keys of `one`: may only publish; and the id of one to be revoked. */
  let mayOnlyPublish: string;
  let spareKey: string;
  /** Of a tenant whose many failed deliveries a slow job sends again. */
  let many: { readonly id: string; readonly key: string };
  let manyHook: string;
  let replay: string;
  let hook: string;

  beforeAll(async () => {
    world = await AdminWorld.start();
    door = await openGrpcDoor(world.app, world.admin, config, createHealth());
    client = new GrpcClient(door.address, world.rootKey);
    one = await world.tenant('hyprwatch');
    two = await world.tenant('hyprwatch');
    spell = await world.tenant('hyperspell');
    const key = async (scopes: string[]) =>
      (await world.send('POST', '/keys', { body: { name: 'k', tenant: one.id, scopes } })).body;
    mayOnlyPublish = String((await key(['events:write']))['key']);
    spareKey = String((await key(['events:read']))['id']);
    hook = await world.webhook(one.key);
    const rows = { tenantId: one.id, endpointId: hook };
    world.history.events.push(eventRow({ tenantId: one.id, occurredAt: EVENT_AT }));
    world.history.deliveries.push(deliveryRow(rows));
    many = await world.tenant('hyprwatch');
    manyHook = await world.webhook(many.key);
    for (let n = 0; n < 500; n += 1) {
      const of = {
        tenantId: many.id,
        endpointId: manyHook,
        id: uuidOf(n),
        eventId: `evt_many${n}`,
        eventOffset: n,
      };
      world.history.deliveries.push(deliveryRow(of));
      world.history.events.push(eventRow({ id: `evt_many${n}`, tenantId: many.id, offset: n }));
    }
    const job = { what: 'failed', filter: { since: SINCE }, rate: 1 };
    replay = String((await world.send('POST', '/replays', { key: many.key, body: job })).body['id']);
    world.history.attempts.push(
      attemptRow(rows),
      attemptRow({ ...rows, attempt: 2, statusCode: null, url: null }),
    );
  });

  afterAll(async () => {
    client.close();
    await door.close();
    await world.close();
  });

  /** What stands in the table below; things that are made first are named by functions. */
  interface Row {
    /** `Service/Method`. */
    readonly call: string;
    readonly ok: () => object;
    readonly answer: object;
    /** Who may; default: the tenant's own key. */
    readonly by?: 'root' | 'many';
    /** What somebody who acts for another tenant gets; null: there is nothing of a tenant in it. */
    readonly foreign: 'not found' | 'refused' | { readonly empty: string } | null;
    /** For a call that somebody who acts for another tenant makes; default: `ok`. */
    readonly foreignRequest?: () => object;
    /** null: there is nothing that could be wrong. */
    readonly bad: readonly [request: () => object, pointer: string] | null;
  }

  const noId = [() => ({}), '/id'] as const;
  const newWebhook = expect.objectContaining({
    id: expect.stringMatching(/^wh_/),
    url,
    active: true,
    status: 'active',
    version: 1,
  });
  const theHook = expect.objectContaining({ id: expect.stringMatching(/^wh_/) });

  const table: readonly Row[] = [
    {
      call: 'CatalogService/ListContracts',
      ok: () => ({}),
      answer: {
        contracts: expect.arrayContaining([
          expect.objectContaining({ id: 'hyprwatch', document: expect.stringContaining('"host.online"') }),
        ]),
      },
      foreign: null,
      bad: null,
    },
    {
      call: 'CatalogService/ListTiers',
      ok: () => ({}),
      answer: { tiers: expect.arrayContaining([{ name: '16s', delay_seconds: 16, topic: 'retry.16s' }]) },
      foreign: null,
      bad: null,
    },

    {
      call: 'TenantService/CreateTenant',
      by: 'root',
      ok: () => ({
        id: 'made',
        name: 'Made',
        contract: 'hyperleap',
        attributes: {
          chatbotId: 'a1b2c3d4-0000-4000-8000-000000000001',
          chatbotName: 'Bot',
          organizationId: 'e5f60708-0000-4000-8000-000000000002',
        },
      }),
      answer: {
        tenant: expect.objectContaining({
          id: 'made',
          contract: 'hyperleap',
          entitled: true,
          version: 1,
          attributes: expect.objectContaining({ chatbotName: 'Bot' }),
        }),
      },
      foreign: null,
      bad: [() => ({ id: 'x' }), '/name'],
    },
    {
      call: 'TenantService/GetTenant',
      by: 'root',
      ok: () => ({ id: one.id }),
      answer: { tenant: expect.objectContaining({ contract: 'hyprwatch' }) },
      foreign: null,
      bad: noId,
    },
    {
      call: 'TenantService/ListTenants',
      by: 'root',
      ok: () => ({ limit: 2 }),
      answer: { tenants: expect.any(Array), next: expect.any(String) },
      foreign: null,
      bad: [() => ({ limit: 101 }), '/limit'],
    },
    {
      call: 'TenantService/UpdateTenant',
      by: 'root',
      ok: () => ({ id: one.id, name: 'Renamed' }),
      answer: { tenant: expect.objectContaining({ name: 'Renamed', version: 2 }) },
      foreign: null,
      bad: [() => ({ id: one.id, name: '' }), '/name'],
    },
    {
      call: 'TenantService/SetTenantSecret',
      by: 'root',
      ok: () => ({ id: spell.id, secret: 'another-jwt-secret-of-the-app' }),
      answer: { tenant: expect.objectContaining({ has_secret: true, version: 2 }) },
      foreign: null,
      bad: [() => ({ id: spell.id }), '/secret'],
    },

    {
      call: 'KeyService/CreateKey',
      by: 'root',
      ok: () => ({ name: 'new', tenant: one.id, scopes: ['events:read'] }),
      answer: {
        key: expect.objectContaining({ name: 'new', scopes: ['events:read'] }),
        text: expect.stringMatching(/^hw_live_/),
      },
      foreign: 'not found',
      bad: [() => ({ name: 'x', scopes: ['everything'] }), '/scopes'],
    },
    {
      call: 'KeyService/ListKeys',
      by: 'root',
      ok: () => ({}),
      answer: { keys: expect.any(Array) },
      foreign: null,
      bad: [() => ({ after: 'x'.repeat(2_001) }), '/after'],
    },
    {
      call: 'KeyService/RevokeKey',
      by: 'root',
      ok: () => ({ id: spareKey }),
      answer: {},
      foreign: 'not found',
      bad: noId,
    },

    {
      call: 'ReplayService/PlanReplay',
      by: 'many',
      ok: () => ({ what: 'failed', filter: { since: SINCE } }),
      answer: { total: 500, to_send: expect.any(Number) },
      foreign: 'not found',
      foreignRequest: () => ({ what: 'failed', filter: { since: SINCE, webhook: manyHook } }),
      bad: [() => ({ what: 'everything' }), '/what'],
    },
    {
      call: 'ReplayService/StartReplay',
      by: 'many',
      ok: () => ({ what: 'failed', filter: { since: SINCE, webhook: manyHook }, rate: 1 }),
      answer: { replay: expect.objectContaining({ state: 'running', rate: 1, total: 500 }) },
      foreign: 'not found',
      bad: [() => ({ what: 'failed', filter: { status: ['lost'] } }), '/filter/status'],
    },
    {
      call: 'ReplayService/GetReplay',
      by: 'many',
      ok: () => ({ id: replay }),
      answer: { replay: expect.objectContaining({ total: 500, what: 'failed' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'ReplayService/ListReplays',
      by: 'many',
      ok: () => ({}),
      answer: { replays: expect.arrayContaining([expect.objectContaining({ what: 'failed' })]) },
      foreign: { empty: 'replays' },
      bad: [() => ({ limit: 101 }), '/limit'],
    },
    {
      call: 'ReplayService/UpdateReplay',
      by: 'many',
      ok: () => ({ id: replay, rate: 2 }),
      answer: { replay: expect.objectContaining({ rate: 2 }) },
      foreign: 'not found',
      bad: [() => ({ id: replay, rate: 5_001 }), '/rate'],
    },
    {
      call: 'ReplayService/PauseReplay',
      by: 'many',
      ok: () => ({ id: replay }),
      answer: { replay: expect.objectContaining({ state: 'paused' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'ReplayService/ResumeReplay',
      by: 'many',
      ok: () => ({ id: replay }),
      answer: { replay: expect.objectContaining({ state: 'running' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'ReplayService/CancelReplay',
      by: 'many',
      ok: () => ({ id: replay }),
      answer: { replay: expect.objectContaining({ state: 'cancelled' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'ReplayService/ReleaseHeld',
      by: 'many',
      ok: () => ({ id: manyHook, rate: 5 }),
      answer: { replay: expect.objectContaining({ what: 'held', action: 'release' }) },
      foreign: 'not found',
      bad: [() => ({ id: manyHook, rate: 5_001 }), '/rate'],
    },
    {
      call: 'ReplayService/DiscardHeld',
      by: 'many',
      ok: () => ({ id: manyHook }),
      answer: { replay: expect.objectContaining({ what: 'held', action: 'discard' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'WebhookService/CreateWebhook',
      ok: () => ({ url, events: ['host.online'], headers: { 'x-mine': 'v' } }),
      answer: { webhook: newWebhook, secret: expect.stringMatching(/^whsec_/) },
      foreign: 'not found',
      foreignRequest: () => ({ url, tenant: one.id }),
      bad: [() => ({ url: 'https://127.0.0.1/' }), '/url'],
    },
    {
      call: 'WebhookService/GetWebhook',
      ok: () => ({ id: hook }),
      answer: { webhook: theHook, deliveries: { items: [expect.objectContaining({ id: DELIVERY_ID })] } },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'WebhookService/ListWebhooks',
      ok: () => ({}),
      answer: { webhooks: expect.arrayContaining([theHook]) },
      foreign: { empty: 'webhooks' },
      bad: [() => ({ limit: 0 }), '/limit'],
    },
    {
      call: 'WebhookService/UpdateWebhook',
      ok: () => ({
        id: hook,
        description: '',
        events: { types: ['host.online'] },
        headers: { values: { 'x-a': 'b' } },
      }),
      answer: { webhook: expect.objectContaining({ events: ['host.online'], headers: ['x-a'] }) },
      foreign: 'not found',
      bad: [() => ({ id: hook, events: { types: ['nothing'] } }), '/events/0'],
    },
    {
      call: 'WebhookService/RotateSecret',
      ok: () => ({ id: hook, grace_period_seconds: 60 }),
      answer: { webhook: theHook, secret: expect.stringMatching(/^whsec_/) },
      foreign: 'not found',
      bad: [() => ({ id: hook, grace_period_seconds: 900_000 }), '/grace_period_seconds'],
    },
    {
      call: 'WebhookService/DisableWebhook',
      ok: () => ({ id: hook }),
      answer: { webhook: expect.objectContaining({ status: 'off' }) },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'WebhookService/EnableWebhook',
      ok: () => ({ id: hook, held: 'discard' }),
      answer: { webhook: expect.objectContaining({ status: 'active', active: true }) },
      foreign: 'not found',
      bad: [() => ({ id: hook, held: 'burn' }), '/held'],
    },
    {
      call: 'WebhookService/TestWebhook',
      ok: () => ({ id: hook, type: 'host.online' }),
      answer: { delivery_id: expect.any(String), type: 'host.online', status: 'pending' },
      foreign: 'not found',
      bad: noId,
    },

    {
      call: 'DeliveryService/ListDeliveries',
      ok: () => ({ webhook: hook, status: 'failed', limit: 10 }),
      answer: { deliveries: [expect.objectContaining({ id: DELIVERY_ID, last_status_code: 500 })] },
      foreign: { empty: 'deliveries' },
      bad: [() => ({ status: 'lost' }), '/status'],
    },
    {
      call: 'DeliveryService/GetDelivery',
      ok: () => ({ id: DELIVERY_ID }),
      answer: {
        delivery: expect.objectContaining({ webhook_id: expect.any(String) }),
        attempt_log: [
          expect.objectContaining({
            attempt: 1,
            response: expect.objectContaining({
              body: '<script>alert(1)</script>',
              headers: { 'content-type': 'text/html' },
            }),
            waits_in: ['1m'],
          }),
          expect.not.objectContaining({ response: expect.anything() }),
        ],
      },
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'DeliveryService/RetryDelivery',
      ok: () => ({ id: DELIVERY_ID }),
      answer: { delivery_id: DELIVERY_ID, status: 'pending', chain: expect.any(Number) },
      foreign: 'not found',
      bad: [() => ({ id: DELIVERY_ID, restamp: true }), '/restamp'],
    },

    {
      call: 'EventService/ListEvents',
      ok: () => ({ type: 'host.online' }),
      answer: { events: [expect.objectContaining({ id: 'evt_one' })] },
      foreign: { empty: 'events' },
      bad: [() => ({ limit: 1_000 }), '/limit'],
    },
    {
      call: 'EventService/GetEvent',
      ok: () => ({ id: 'evt_one' }),
      answer: {
        event: expect.objectContaining({ type: 'host.online' }),
        body: '{"id":"evt_one"}',
        deliveries: [expect.objectContaining({ id: DELIVERY_ID })],
      },
      foreign: 'not found',
      bad: noId,
    },

    {
      call: 'WebhookService/DeleteWebhook',
      ok: () => ({ id: hook }),
      answer: {},
      foreign: 'not found',
      bad: noId,
    },
    {
      call: 'TenantService/DeleteTenant',
      by: 'root',
      ok: () => ({ id: spell.id }),
      answer: {},
      foreign: null,
      bad: noId,
    },
  ];

  const call = (what: string, request: object, options: CallOptions = {}) => {
    const [service = '', method = ''] = what.split('/');
    return client.call(service, method, request, options);
  };

  describe('every call of administration', () => {
    it('stands in this table', () => {
      const ours = client.methods.filter((name) => !name.startsWith('IngestService/'));
      expect(table.map((row) => row.call).sort()).toEqual([...ours].sort());
    });

    describe.each(table.map((row) => [row.call, row] as const))('%s', (name, row) => {
      const { by, ok, answer, bad, foreign, foreignRequest = ok } = row;
      const key = () => ({ root: world.rootKey, many: many.key, one: one.key })[by ?? 'one'];
      const needsScope = !name.startsWith('CatalogService/');

      it('asks who is there', async () => {
        for (const [given, code] of [
          [null, 'missing_key'],
          ['nobody', 'unknown_key'],
        ] as const) {
          const refused = await call(name, ok(), { key: given });
          expect(refused).toMatchObject({ code: status.UNAUTHENTICATED, problem: { code } });
        }
        const weak = await call(name, ok(), { key: mayOnlyPublish });
        expect(weak.code).toBe(needsScope ? status.PERMISSION_DENIED : status.OK);
        if (needsScope) expect(weak.problem).toMatchObject({ code: 'missing_scope', status: 403 });
      });

      it('finds nothing of another tenant', async () => {
        if (foreign === null) return;
        const others =
          by === 'root' ? { key: world.rootKey, metadata: { 'hyperhook-tenant': two.id } } : { key: two.key };
        const found = await call(name, foreignRequest(), others);
        if (typeof foreign === 'object') {
          expect(found).toMatchObject({ code: 0 });
          expect(found.message[foreign.empty]).toBeUndefined();
        } else expect(found).toMatchObject({ code: status.NOT_FOUND, problem: { code: 'not_found' } });
      });

      it('says where a bad request is wrong', async () => {
        if (bad === null) return;
        const [request, pointer] = bad;
        const refused = await call(name, request(), { key: key() });
        expect(refused).toMatchObject({
          code: status.INVALID_ARGUMENT,
          problem: { code: 'validation_failed', status: 422, errors: [{ pointer }] },
        });
        expect(refused.details).toContain('validation_failed: ');
      });

      it('does it', async () => {
        if (name === 'WebhookService/TestWebhook') {
          // Nobody delivers here: what waits is let go, as at a stop.
          setTimeout(() => void world.admin.stop(), 300);
        }
        const done = await call(name, ok(), { key: key() });
        expect(done).toMatchObject({ code: 0 });
        expect(done.message).toEqual(expect.objectContaining(answer));
        const writes = !/\/(Get|List|Plan)/.test(name);
        expect(done.headers.get('hyperhook-control-position').length).toBe(writes ? 1 : 0);
        if (!writes) return;
        const [position] = done.headers.get('hyperhook-control-position');
        expect(Number(position)).toBeGreaterThan(1);
        // A job that runs, or is stopped, writes its progress meanwhile.
        if (/^ReplayService|TestWebhook/.test(name)) return;
        expect(Number(position)).toBe(world.control.position);
      });
    });
  });
});
