import { decodeAsked, partitionOf } from '#log';
import { eventually } from '#testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AdminWorld, PARTITIONS } from '../../fixtures/admin-world.ts';
import { uuidOf } from '../../fixtures/replay-rig.ts';
import { deliveryRow, eventRow } from '../../fixtures/rows.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await AdminWorld.start();
});
afterAll(() => world.close());
beforeEach(() => {
  for (const rows of [world.history.deliveries, world.history.events]) rows.length = 0;
  world.history.down = false;
});

const SINCE = '2023-11-14T00:00:00Z';

/** A tenant with a webhook, and so many deliveries that failed. */
async function withFailed(count: number, contract = 'hyprwatch') {
  const { id: tenantId, key } = await world.tenant(contract);
  const endpointId = await world.webhook(key);
  const at = 1_700_000_000_000;
  for (let n = 0; n < count; n += 1) {
    const of = { id: uuidOf(n), eventId: `evt_${n}`, eventOffset: n, createdAt: at + n, updatedAt: at + n };
    world.history.deliveries.push(deliveryRow({ ...of, tenantId, endpointId }));
    world.history.events.push(eventRow({ id: `evt_${n}`, tenantId, acceptedAt: at + n, offset: n }));
  }
  return { tenantId, key, endpointId };
}

async function askedOf(tenantId: string): Promise<string[]> {
  const asked: string[] = [];
  for await (const slice of world.log.read('deliveries', partitionOf(tenantId, PARTITIONS), 0)) {
    for (const record of slice) {
      const decoded = decodeAsked(record);
      if (decoded.ok && decoded.value.ref.tenantId === tenantId) asked.push(decoded.value.ref.deliveryId);
    }
  }
  return asked;
}

const finished = (id: unknown, key: string) =>
  eventually(async () => {
    const { body } = await world.send('GET', `/replays/${String(id)}`, { key });
    expect(body['state']).toBe('finished');
    return body;
  });

describe('replays', () => {
  it('count in a dry run what then happens, and send each once', async () => {
    const { tenantId, key, endpointId } = await withFailed(30);
    world.history.deliveries[0] = { ...world.history.deliveries[0]!, endpointId: 'wh_gone' };
    const body = { what: 'failed', filter: { since: SINCE, status: ['failed'] } };
    const dry = await world.send('POST', '/replays', { key, body: { ...body, dry_run: true } });
    expect(dry.status).toBe(200);
    expect(dry.body).toEqual({
      dry_run: true,
      total: 30,
      to_send: 29,
      skipped: { webhook_deleted: 1 },
      up_to_date: true,
    });
    expect(await askedOf(tenantId)).toEqual([]);

    const started = await world.send('POST', '/replays', { key, body });
    expect(started.status).toBe(202);
    const { id, chain } = started.body;
    expect(started.headers['location']).toBe(`/api/v1/replays/${String(id)}`);
    expect(started.headers['hyperhook-control-position']).toBe(String(Number(chain) + 1));
    expect(started.body).toMatchObject({
      tenant: tenantId,
      what: 'failed',
      action: 'replay',
      filter: { webhook: null, status: ['failed'], since: '2023-11-14T00:00:00.000Z', until: null },
      rate: 1_000,
      total: 30,
    });
    expect(await finished(id, key)).toMatchObject({
      done: 30,
      asked: 29,
      skipped: { webhook_deleted: 1 },
      remaining: 0,
      eta_seconds: null,
      outcomes: {},
    });
    expect(await askedOf(tenantId)).toHaveLength(29);
    expect(endpointId).not.toBe('wh_gone');
    const list = await world.send('GET', '/replays?limit=100', { key });
    expect(list.body).toMatchObject({ data: [{ id }], next: null });
  });

  it('are paused, given another rate, resumed and cancelled', async () => {
    const { tenantId, key } = await withFailed(50);
    const body = { what: 'failed', filter: { since: SINCE }, rate: 1 };
    const { id } = (await world.send('POST', '/replays', { key, body })).body;
    await eventually(async () => expect((await askedOf(tenantId)).length).toBeGreaterThan(0));
    const path = `/replays/${String(id)}`;
    const paused = await world.send('POST', `${path}/pause`, { key });
    expect(paused.body).toMatchObject({ state: 'paused', eta_seconds: null });
    await eventually(async () => {
      const { body: now } = await world.send('GET', path, { key });
      expect(now['asked']).toBe((await askedOf(tenantId)).length);
    });
    const few = (await askedOf(tenantId)).length;
    expect(few).toBeLessThan(10);
    expect((await world.send('PATCH', path, { key, body: { rate: 5 } })).body).toMatchObject({ rate: 5 });
    expect((await world.send('POST', `${path}/resume`, { key })).body).toMatchObject({ state: 'running' });
    await eventually(async () => expect((await askedOf(tenantId)).length).toBeGreaterThan(few));
    const cancelled = await world.send('POST', `${path}/cancel`, { key });
    expect(cancelled.body).toMatchObject({ state: 'cancelled', remaining: 0 });
    expect((await world.send('POST', `${path}/cancel`, { key })).status).toBe(200);
    for (const call of ['pause', 'resume']) {
      const refused = await world.send('POST', `${path}/${call}`, { key });
      expect([refused.status, refused.body['code']]).toEqual([409, 'conflict']);
    }
    expect((await world.send('PATCH', path, { key, body: { rate: 5 } })).status).toBe(409);
    expect((await askedOf(tenantId)).length).toBeLessThan(50);
  });

  it('send what a webhook missed, under the ids that fan-out would have given', async () => {
    const { tenantId, key, endpointId } = await withFailed(3);
    const late = await world.webhook(key);
    const body = { what: 'missed', filter: { webhook: late } };
    const { id } = (await world.send('POST', '/replays', { key, body })).body;
    expect(await finished(id, key)).toMatchObject({ total: 3, asked: 3 });
    expect(new Set(await askedOf(tenantId)).size).toBe(3);
    const none = { what: 'missed', filter: { webhook: endpointId }, dry_run: true };
    expect((await world.send('POST', '/replays', { key, body: none })).body).toMatchObject({ total: 0 });
  });

  it('are of one tenant: others see and change nothing of them, root keys name whose they are', async () => {
    const { tenantId, key, endpointId } = await withFailed(2);
    const body = { what: 'failed', filter: { since: SINCE } };
    expect((await world.send('POST', '/replays', { body })).status).toBe(422);
    const { id } = (await world.send('POST', '/replays', { body: { ...body, tenant: tenantId } })).body;
    expect((await world.send('POST', `/replays?tenant=${tenantId}`, { body })).status).toBe(202);
    const byHook = { ...body, filter: { since: SINCE, webhook: endpointId } };
    expect((await world.send('POST', '/replays', { body: byHook })).body).toMatchObject({ tenant: tenantId });
    expect((await world.send('GET', `/replays/${String(id)}`, { key })).status).toBe(200);

    const other = await world.tenant('hyprwatch');
    const calls = [
      ['GET', `/replays/${String(id)}`, undefined],
      ['PATCH', `/replays/${String(id)}`, { rate: 2 }],
      ['POST', `/replays/${String(id)}/pause`, undefined],
      ['POST', `/replays/${String(id)}/resume`, undefined],
      ['POST', `/replays/${String(id)}/cancel`, undefined],
      ['POST', '/replays', byHook],
      ['POST', '/replays', { ...body, tenant: tenantId }],
      ['POST', `/webhooks/${endpointId}/held/release`, undefined],
      ['POST', `/webhooks/${endpointId}/held/discard`, undefined],
    ] as const;
    for (const [method, path, given] of calls) {
      const answer = await world.send(method, path, { key: other.key, body: given });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await world.send('GET', '/replays', { key: other.key })).body).toMatchObject({ data: [] });

    const poor = await world.send('POST', '/keys', {
      body: { name: 'poor', tenant: tenantId, scopes: ['events:read'] },
    });
    for (const [method, path, given] of calls) {
      const answer = await world.send(method, path, { key: String(poor.body['key']), body: given });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await world.send('GET', '/replays', { key: String(poor.body['key']) })).status).toBe(403);
  });

  it.each([
    [{}, '/what', 'is_in'],
    [{ what: 'held' }, '/what', 'is_in'],
    [{ what: 'failed' }, '/filter/since', 'required'],
    [{ what: 'failed', filter: [] }, '/filter', 'is_object'],
    [{ what: 'failed', filter: { since: 'yesterday' } }, '/filter/since', 'is_iso8601'],
    [
      { what: 'failed', filter: { since: SINCE, until: '2020-01-01T00:00:00Z' } },
      '/filter/until',
      'before_since',
    ],
    [{ what: 'failed', filter: { since: SINCE, status: ['delivered'] } }, '/filter/status', 'not_failed'],
    [{ what: 'failed', filter: { since: SINCE, status: ['pending'] } }, '/filter/status', 'is_in'],
    [{ what: 'failed', filter: { sinse: SINCE } }, '/filter/sinse', 'unknown_field'],
    [{ what: 'deliveries' }, '/filter', 'required'],
    [{ what: 'missed' }, '/filter/webhook', 'required'],
    [{ what: 'failed', filter: { since: SINCE }, rate: 0 }, '/rate', 'min'],
    [{ what: 'failed', filter: { since: SINCE }, rate: 5_001 }, '/rate', 'max'],
    [{ what: 'failed', filter: { since: SINCE }, restamp: true }, '/restamp', 'not_in_contract'],
  ])('refuse %j, and point at it', async (body, pointer, code) => {
    const { key } = await world.tenant('hyprwatch');
    const answer = await world.send('POST', '/replays', { key, body });
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('need the history to begin; what runs is shown without it', async () => {
    const { key } = await withFailed(1);
    const body = { what: 'failed', filter: { since: SINCE } };
    const { id } = (await world.send('POST', '/replays', { key, body })).body;
    await finished(id, key);
    world.history.down = true;
    expect((await world.send('POST', '/replays', { key, body })).status).toBe(503);
    const shown = await world.send('GET', `/replays/${String(id)}`, { key });
    expect(shown.body).toMatchObject({ state: 'finished', asked: 1, outcomes: null });
  });

  it('are ten a tenant at most that have not ended', async () => {
    const { key } = await withFailed(50);
    const body = { what: 'failed', filter: { since: SINCE }, rate: 1 };
    const open: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      const started = await world.send('POST', '/replays', { key, body });
      expect(started.status).toBe(202);
      open.push(String(started.body['id']));
    }
    expect((await world.send('POST', '/replays', { key, body })).status).toBe(409);
    for (const id of open) await world.send('POST', `/replays/${id}/cancel`, { key });
    const { id } = (await world.send('POST', '/replays', { key, body })).body;
    expect((await world.send('POST', `/replays/${String(id)}/cancel`, { key })).status).toBe(200);
  });
});

describe('what a webhook holds', () => {
  async function kept() {
    const { tenantId, key, endpointId } = await withFailed(4);
    const fail = { type: 'fail', term: 1, reason: 'attempts_exhausted', at: 2 } as const;
    const cause = { partition: partitionOf(tenantId, PARTITIONS), offset: 0 };
    await world.writer.endpoint(endpointId, { ...fail, cause }, 'policy:test');
    world.history.deliveries.forEach((row, n) => {
      if (n < 3) world.history.deliveries[n] = { ...row, status: 'held', reason: null, term: 1 };
    });
    return { tenantId, key, endpointId, path: `/webhooks/${endpointId}` };
  }

  it('is counted, and released once an enabling has left it held', async () => {
    const { tenantId, key, path } = await kept();
    expect((await world.send('GET', path, { key })).body).toMatchObject({ status: 'failed', held: 3 });
    const early = await world.send('POST', `${path}/held/release`, { key });
    expect([early.status, early.body['code']]).toEqual([409, 'conflict']);
    await world.send('POST', `${path}/enable`, { key, body: { held: 'keep' } });
    const released = await world.send('POST', `${path}/held/release`, { key, body: { rate: 500 } });
    expect(released.status).toBe(202);
    expect(released.body).toMatchObject({ what: 'held', action: 'release', rate: 500, total: 3 });
    expect(await finished(released.body['id'], key)).toMatchObject({ asked: 3 });
    expect(await askedOf(tenantId)).toHaveLength(3);
  });

  it('is not released by hand where an enabling does so already', async () => {
    const { key, path } = await kept();
    await world.send('POST', `${path}/enable`, { key, body: { held: 'release' } });
    const released = await world.send('POST', `${path}/held/release`, { key });
    expect(released.body).toMatchObject({ total: 0 });
  });

  it('is discarded, also while the webhook is failed', async () => {
    const { tenantId, key, path } = await kept();
    const discarded = await world.send('POST', `${path}/held/discard`, { key });
    expect(discarded.body).toMatchObject({ what: 'held', action: 'discard', total: 3 });
    expect(await finished(discarded.body['id'], key)).toMatchObject({ asked: 3 });
    expect(await askedOf(tenantId)).toEqual([]);
    const ends = await world.log.endOffsets('outcomes');
    expect(ends[partitionOf(tenantId, PARTITIONS)]).toBeGreaterThanOrEqual(3);
    expect((await world.send('POST', `${path}/held/discard`, { key, body: { rate: -1 } })).status).toBe(422);
  });
});
