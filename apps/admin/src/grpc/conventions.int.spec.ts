import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHealth } from '#platform';
import { GrpcClient, type CallOptions } from '#testkit';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { openGrpcDoor, type GrpcDoor } from './grpc-door.ts';

const url = 'https://example.com/hook';
const config = {
  host: '127.0.0.1',
  grpcPort: 0,
  grpcTlsCertFile: null,
  grpcTlsKeyFile: null,
  grpcTlsClientCaFile: null,
};

describe('administration over gRPC, as REST by headers', () => {
  let world: AdminWorld;
  let door: GrpcDoor;
  let client: GrpcClient;
  let one: { readonly id: string; readonly key: string };
  let two: { readonly id: string; readonly key: string };

  beforeAll(async () => {
    world = await AdminWorld.start();
    door = await openGrpcDoor(world.app, world.admin, config, createHealth());
    client = new GrpcClient(door.address, world.rootKey);
    one = await world.tenant('hyprwatch');
    two = await world.tenant('hyprwatch');
  });

  afterAll(async () => {
    client.close();
    await door.close();
    await world.close();
  });

  const call = (what: string, request: object, options: CallOptions = {}) => {
    const [service = '', method = ''] = what.split('/');
    return client.call(service, method, request, options);
  };

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
});
