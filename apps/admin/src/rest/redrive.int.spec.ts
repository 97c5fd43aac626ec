import type { DeliveryRef } from '#domain';
import { decodeControl, decodeEvent, encodeAsked, encodeEvent, encodeWaiting, type NewRecord } from '#log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { attemptRow, deliveryRow } from '../../fixtures/rows.ts';

const PARTITION = 2;

describe('POST /quarantine/redrive', () => {
  let world: AdminWorld;
  let tenant: string;

  beforeAll(async () => {
    world = await AdminWorld.start();
    ({ id: tenant } = await world.tenant('hyprwatch'));
  });
  afterAll(() => world.close());
  beforeEach(() => {
    const { attempts, audit, deliveries, quarantined } = world.history;
    for (const rows of [attempts, audit, deliveries, quarantined]) rows.length = 0;
  });

  const event = (eventId: string): NewRecord => ({
    topic: 'events',
    partition: PARTITION,
    ...encodeEvent({
      tenantId: tenant,
      eventId,
      eventType: 'host.online',
      contract: 'hyprwatch',
      occurredAt: 1,
      acceptedAt: 2,
      controlPosition: 0,
      slot: null,
      body: Buffer.from('{"id":"evt"}'),
    }),
  });
  /** In its topic, and in the list of what nobody could read. */
  const quarantine = async (record: NewRecord) => {
    const [appended] = await world.log.append([record]);
    const { topic, partition } = record;
    const place = { topic, partition, offset: appended?.offset ?? -1 };
    world.history.quarantined.push({ ...place, reason: 'no contract', at: 1, reportOffset: 0 });
    return place;
  };
  const redrive = (body: object, key?: string) =>
    world.send('POST', '/quarantine/redrive', key === undefined ? { body } : { body, key });
  const endOf = async () => (await world.log.endOffsets('events'))[PARTITION] ?? 0;

  it('puts the same bytes there once more, says where, and tells the audit who did it', async () => {
    const place = await quarantine(event('evt_once'));
    const { status, body, headers } = await redrive(place);
    expect([status, body]).toEqual([
      200,
      { ...place, offset: place.offset + 1, redriven: true, at: expect.stringMatching(/Z$/) },
    ]);
    const [before, after] = await Promise.all(
      [place.offset, place.offset + 1].map((offset) => world.log.readOne('events', PARTITION, offset)),
    );
    expect(after).toEqual({ ...before, offset: place.offset + 1, appendedAt: after?.appendedAt });
    expect(after !== undefined && decodeEvent(after)).toMatchObject({
      ok: true,
      value: { eventId: 'evt_once' },
    });
    const position = Number(headers['hyperhook-control-position']);
    const fact = await world.log.readOne('control', 0, position - 1);
    expect(fact !== undefined && decodeControl(fact)).toMatchObject({
      value: {
        actor: 'key:key_root',
        fact: {
          type: 'record.redriven',
          recordId: `events/${PARTITION}/${place.offset}`,
          offset: place.offset + 1,
        },
      },
    });
  });

  it('does nothing the second time but say where the first one stands', async () => {
    const place = await quarantine(event('evt_twice'));
    world.history.audit.push({
      position: 7,
      factId: 'f',
      at: Date.UTC(2026, 10, 28),
      actor: 'key:key_root',
      type: 'record.redriven',
      subjectKind: 'record',
      subjectId: `events/${PARTITION}/${place.offset}`,
      tenantId: null,
      before: null,
      after: null,
      details: { offset: 99 },
    });
    const listed = await world.send('GET', '/quarantine');
    expect(listed.body['data']).toMatchObject([{ ...place, redriven_at: '2026-11-28T00:00:00.000Z' }]);
    const end = await endOf();
    expect((await redrive(place)).body).toEqual({
      ...place,
      offset: 99,
      redriven: false,
      at: '2026-11-28T00:00:00.000Z',
    });
    expect(await endOf()).toBe(end);
  });

  it('refuses what cannot be read still, what was delivered, what is gone, and what is in no quarantine', async () => {
    const broken = await quarantine({ ...event('evt_broken'), headers: { ce_type: 'nonsense' } });
    const delivered = await quarantine(event('evt_delivered'));
    world.history.deliveries.push(deliveryRow({ tenantId: tenant, eventId: 'evt_delivered' }));
    const gone = { topic: 'events', partition: PARTITION, offset: 1_000_000 };
    world.history.quarantined.push({ ...gone, reason: 'x', at: 1, reportOffset: 0 });
    const end = await endOf();
    for (const [place, said] of [
      [broken, /still not be read/],
      [delivered, /are there already/],
      [gone, /no longer holds/],
    ] as const) {
      const { status, body } = await redrive(place);
      expect([status, body['code'], body['detail']]).toEqual([409, 'conflict', expect.stringMatching(said)]);
    }
    expect((await redrive({ ...gone, offset: 5 })).status).toBe(404);
    expect(await endOf()).toBe(end);
  });

  it('puts back an attempt that was not made, and refuses one that was, or whose chain has ended', async () => {
    const ref: DeliveryRef = {
      deliveryId: randomUUID(),
      tenantId: tenant,
      endpointId: 'wh_one',
      eventId: 'evt_asked',
      eventType: 'host.online',
      chain: 9,
      askedBy: 'replay',
      eventOffset: 1,
      occurredAt: 1,
      acceptedAt: 2,
    };
    const body = Buffer.from('{}');
    const asked = () =>
      quarantine({ topic: 'deliveries', partition: PARTITION, ...encodeAsked({ ref, body }) });
    const wait = { ref, attempt: 2, step: 1, dueAt: 3, hops: [], deferredSince: null, body };
    const waiting = () => quarantine({ topic: 'retry.1m', partition: PARTITION, ...encodeWaiting(wait) });
    const own = { id: ref.deliveryId, tenantId: tenant, chain: ref.chain, settled: false };
    world.history.deliveries.push(deliveryRow(own));
    expect([(await redrive(await asked())).status, (await redrive(await waiting())).status]).toEqual([
      200, 200,
    ]);

    world.history.attempts.push(attemptRow({ deliveryId: ref.deliveryId, chain: ref.chain, attempt: 1 }));
    const { status, body: problem } = await redrive(await asked());
    expect([status, problem['detail']]).toEqual([409, expect.stringMatching(/went on without/)]);
    expect((await redrive(await waiting())).status).toBe(200);

    world.history.deliveries.splice(0, 1, deliveryRow({ ...own, settled: true }));
    expect((await redrive(await waiting())).status).toBe(409);
  });

  it('puts back only what is of the tenant that the operator acts for', async () => {
    const { id: other } = await world.tenant('hyprwatch');
    const place = await quarantine(event('evt_theirs'));
    const end = await endOf();
    const acting = (id: string) => world.send('POST', `/quarantine/redrive?tenant=${id}`, { body: place });
    expect((await acting(other)).status).toBe(404);
    expect(await endOf()).toBe(end);
    expect((await acting(tenant)).status).toBe(200);
  });

  it('is for what is to be delivered, and for operators', async () => {
    for (const topic of ['control', 'outcomes', 'quarantine', 'their.orders']) {
      const { status, body } = await redrive({ topic, partition: 0, offset: 0 });
      expect([status, body['errors']]).toEqual([
        422,
        [expect.objectContaining({ pointer: '/topic', code: 'not_redrivable' })],
      ]);
    }
    const { key } = await world.tenant('hyprwatch');
    expect((await redrive({ topic: 'events', partition: 0, offset: 0 }, key)).status).toBe(403);
    expect((await redrive({ topic: 'events', partition: -1, offset: 0 })).status).toBe(422);
    world.history.down = true;
    expect((await redrive({ topic: 'events', partition: 0, offset: 0 })).status).toBe(503);
    world.history.down = false;
  });
});
