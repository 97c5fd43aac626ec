import { partitionOf } from '#log';
import { openReadModel, type DeliveryRow, type ReadModel } from '#read-model';
import { eventually, EventStream, startPostgres, type PostgresForTests } from '#testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { AdminWorld, PARTITIONS, type WorldOptions } from '../../fixtures/admin-world.ts';
import { FakeHistory } from '../../fixtures/fake-history.ts';
import { anOverview, deliveryRow } from '../../fixtures/rows.ts';

const paces = { changes: 20, stats: 20, heartbeat: 60_000, patience: 60_000, farewell: 500 };
const all = { webhooks: true, deliveries: true, replays: true };
const none = { webhooks: false, deliveries: false, replays: false };

describe('GET /live', () => {
  let postgres: PostgresForTests;
  let model: ReadModel;
  const opened: (() => unknown)[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    model = await openReadModel({ connectionString: postgres.connectionString });
    await model.migrate();
  }, 60_000);
  afterEach(async () => {
    for (const close of opened.splice(0).toReversed()) await close();
  });
  afterAll(async () => {
    await model?.close();
    await postgres?.stop();
  });

  const start = async (options: WorldOptions = {}) => {
    const world = await AdminWorld.start({ history: model.queries, livePaces: paces, ...options });
    opened.push(() => world.close());
    await world.app.listen(0, '127.0.0.1');
    const url = await world.app.getUrl();
    const listen = async (key: string, query = '') => {
      const stream = await EventStream.open(`${url}/api/v1/live${query}`, { authorization: `Bearer ${key}` });
      opened.push(() => stream.close());
      return stream;
    };
    return { world, url, listen };
  };

  /** As a projector does it: rows and position in one transaction. */
  const project = async (row: DeliveryRow, from: number | null) => {
    const to = (from ?? 0) + 1;
    const slice = { projection: 'test', topic: 'outcomes', partition: row.partition, from, to } as const;
    const { applied } = await model.store.apply([{ ...slice, changes: { deliveries: [row] } }]);
    expect(applied).toBe(true);
    return to;
  };

  it('tells a tenant’s page what changed in control and in the tables, and nothing of others', async () => {
    const { world, listen } = await start();
    const { id, key } = await world.tenant('hyprwatch');
    const neighbour = await world.tenant('hyprwatch');
    const stream = await listen(key);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(stream.headers.get('cache-control')).toBe('no-store');
    await eventually(() => expect(stream.of('changed')).toEqual([all]));
    expect(stream.retryMs).toBeGreaterThan(0);

    await world.webhook(neighbour.key);
    await world.webhook(key);
    await eventually(() => expect(stream.of('changed').slice(1)).toEqual([{ ...none, webhooks: true }]));

    const partition = partitionOf(id, PARTITIONS);
    const pending = {
      id: randomUUID(),
      tenantId: id,
      partition,
      updatedAt: Date.now(),
      createdAt: Date.now(),
    };
    let at = await project(deliveryRow({ ...pending, status: 'pending', attempt: 1, settled: true }), null);
    await eventually(() => expect(stream.of('changed').slice(2)).toEqual([{ ...none, deliveries: true }]));
    // The same row, an attempt later: nothing is new but what stands in it.
    at = await project(
      deliveryRow({ ...pending, status: 'delivered', attempt: 2, updatedAt: Date.now() + 5 }),
      at,
    );
    await eventually(() => expect(stream.of('changed').slice(3)).toEqual([{ ...none, deliveries: true }]));
    // Another tenant's row, of the same partition.
    await project(deliveryRow({ ...pending, id: randomUUID(), tenantId: 'somebody else' }), at);
    await world.webhook(key);
    await eventually(() => expect(stream.of('changed').slice(4)).toEqual([{ ...none, webhooks: true }]));
  });

  it('tells an operator of all tenants, or of the one that is named, with stats where they are asked for', async () => {
    const { world, listen } = await start();
    const acme = await world.tenant('hyprwatch');
    const other = await world.tenant('hyprwatch');
    const everything = await listen(world.rootKey, '?stats=true');
    const one = await listen(world.rootKey, `?tenant=${acme.id}&stats=false`);
    await eventually(() =>
      expect([everything, one].map((each) => each.of('changed'))).toEqual([[all], [all]]),
    );
    await world.webhook(other.key);
    await eventually(() => expect(everything.of('changed')).toHaveLength(2));
    await world.webhook(acme.key);
    await eventually(() => expect(one.of('changed').slice(1)).toEqual([{ ...none, webhooks: true }]));
    await eventually(() => expect(everything.of('stats').length).toBeGreaterThan(1));
    const { body } = await world.send('GET', '/stats');
    expect(Object.keys(everything.of('stats')[0] as object)).toEqual(Object.keys(body));
    expect(one.of('stats')).toEqual([]);
  });

  it('lets in whoever may read deliveries, and shows stats to operators alone', async () => {
    const { world, url } = await start();
    const { id, key } = await world.tenant('hyprwatch');
    const made = await world.send('POST', '/keys', {
      body: { name: 'few', tenant: id, scopes: ['events:read'] },
    });
    const few = String(made.body['key']);
    const ask = async (given: string | null, query = '') => {
      const headers = given === null ? {} : { authorization: `Bearer ${given}` };
      const answer = await fetch(`${url}/api/v1/live${query}`, { headers });
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await ask(null)).toEqual([401, 'missing_key']);
    expect(await ask(few)).toEqual([403, 'missing_scope']);
    expect(await ask(key, '?stats=true')).toEqual([403, 'missing_scope']);
    expect(await ask(key, '?stats=perhaps')).toEqual([422, 'validation_failed']);
    expect(await ask(key, '?tenant=another')).toEqual([404, 'not_found']);
    const head = await fetch(`${url}/api/v1/live`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(head.status).toBeLessThan(500);
    // Nobody reads the body of an answer to HEAD.
    await eventually(() => expect(world.admin.context.live.size).toBe(0));
  });

  it('takes a portal token for its own tenant, until it expires or the key that issued it is revoked', async () => {
    let later = 0;
    const { world, listen } = await start({ now: () => Date.now() + later });
    const { id } = await world.tenant('hyprwatch');
    const key = await world.send('POST', '/keys', { body: { name: 'issuer', tenant: id } });
    const issue = async () => {
      const path = `/tenants/${id}/portal-tokens`;
      const { body } = await world.send('POST', path, { key: String(key.body['key']), body: {} });
      return String(body['token']);
    };
    const first = await listen(await issue());
    await eventually(() => expect(first.of('changed')).toEqual([all]));
    later = 3_700_000;
    await eventually(() =>
      expect([first.isEnded, first.of('end')]).toEqual([true, [{ reason: 'credential' }]]),
    );
    const second = await listen(await issue());
    await eventually(() => expect(second.of('changed')).toEqual([all]));
    await world.send('DELETE', `/keys/${String(key.body['id'])}`);
    await eventually(() =>
      expect([second.isEnded, second.of('end')]).toEqual([true, [{ reason: 'credential' }]]),
    );
  });

  it('holds so many for one key and no more, and gives places back when pages close', async () => {
    const { world, url, listen } = await start({ liveLimits: { streams: 500, perKey: 2 } });
    const { key } = await world.tenant('hyprwatch');
    const [first] = [await listen(key), await listen(key)];
    const refused = await fetch(`${url}/api/v1/live`, { headers: { authorization: `Bearer ${key}` } });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    first?.close();
    await eventually(() => expect(world.admin.context.live.size).toBe(1));
    expect((await listen(key)).status).toBe(200);
  });

  it('ends its streams at a stop, with a last word', async () => {
    const { world, listen } = await start();
    const { key } = await world.tenant('hyprwatch');
    const stream = await listen(key);
    await eventually(() => expect(stream.of('changed')).toEqual([all]));
    await world.admin.stop();
    await eventually(() =>
      expect([stream.isEnded, stream.of('end')]).toEqual([true, [{ reason: 'stopping' }]]),
    );
    expect((await listen(key)).status).toBe(503);
  });

  it('cuts off a reader that takes nothing, and holds little for it until then', async () => {
    const history = new FakeHistory();
    const disabled = {
      tenantId: 'x'.repeat(1_000),
      endpointId: 'wh',
      origin: 'https://example.com',
      reason: 'gone',
      disabledAt: 1,
    };
    history.overviewNow = { ...anOverview(), disabledToday: Array.from({ length: 500 }, () => disabled) };
    const { world, url } = await start({ history, livePaces: { ...paces, stats: 1, patience: 300 } });
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    opened.push(() => socket.destroy());
    socket.on('error', () => undefined);
    socket.pause();
    const ask = 'GET /api/v1/live?stats=true HTTP/1.1';
    socket.write(`${ask}\r\nhost: x\r\nauthorization: Bearer ${world.rootKey}\r\n\r\n`);
    await eventually(() => expect(world.admin.context.live.size).toBe(1));
    // Half a MiB of stats a message: what the system keeps for it is full after a few.
    await eventually(() => expect(world.admin.context.live.size).toBe(0));
  });
});
