import { decodeAsked, encodeEvent, encodeOutcome, LogError, partitionOf, type AskedRecord } from '#log';
import { eventually } from '#testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AdminWorld, PARTITIONS } from '../../fixtures/admin-world.ts';
import { attemptRow, DELIVERY_ID, deliveryRow, eventRow } from '../../fixtures/rows.ts';
import { sentBodies } from '../use-cases/sent-bodies.ts';

let world: AdminWorld;
const NOW = 1_700_000_400_000;

beforeAll(async () => {
  world = await AdminWorld.start({ now: () => NOW });
});

afterAll(() => world.close());

beforeEach(() => {
  const { history } = world;
  for (const rows of [history.deliveries, history.attempts, history.events]) rows.length = 0;
  history.down = false;
});

/** What was asked for on partition `p`, oldest first. */
async function askedOn(partition: number): Promise<AskedRecord[]> {
  const asked: AskedRecord[] = [];
  for await (const records of world.log.read('deliveries', partition, 0)) {
    for (const record of records) {
      const decoded = decodeAsked(record);
      if (decoded.ok) asked.push(decoded.value);
    }
  }
  return asked;
}

describe('deliveries', () => {
  it('HL-18: are listed by filters and shown with every attempt: request headers, response, error, next due', async () => {
    const { id: tenantId, key } = await world.tenant('hyprwatch');
    const endpointId = await world.webhook(key);
    world.history.deliveries.push(deliveryRow({ tenantId, endpointId }));
    world.history.attempts.push(
      attemptRow({ tenantId, endpointId }),
      attemptRow({
        attempt: 2,
        statusCode: null,
        responseHeaders: null,
        errorClass: 'timeout',
        message: 'no answer within 30 s',
      }),
    );
    const list = await world.send('GET', `/deliveries?webhook=${endpointId}&status=failed&limit=10`, { key });
    expect(list.status).toBe(200);
    expect(list.body).toMatchObject({
      data: [{ id: DELIVERY_ID, status: 'failed', attempts: 5 }],
      next: null,
    });
    expect((await world.send('GET', '/deliveries?status=held', { key })).body['data']).toEqual([]);
    const one = await world.send('GET', `/deliveries/${DELIVERY_ID}`, { key });
    expect(one.body).toMatchObject({
      id: DELIVERY_ID,
      webhook_id: endpointId,
      event_id: 'evt_one',
      created_at: '2023-11-14T22:13:20.500Z',
      attempt_log: [
        {
          attempt: 1,
          request: { url: 'https://example.com/hook', headers: { 'content-type': 'application/json' } },
          response: { status_code: 500, body: '<script>alert(1)</script>', truncated: false },
          error: null,
          next_attempt_at: '2023-11-14T22:14:21.100Z',
        },
        { attempt: 2, response: null, error: { class: 'timeout', message: 'no answer within 30 s' } },
      ],
    });
    expect((await world.send('GET', '/deliveries?status=nope', { key })).status).toBe(422);
    expect((await world.send('GET', '/deliveries?after=not-a-cursor', { key })).status).toBe(400);
  });

  it('come with their webhook (latest 50, cursor) and their event (with its exact body)', async () => {
    const { id: tenantId, key } = await world.tenant('hyprwatch');
    const endpointId = await world.webhook(key);
    const rows = Array.from({ length: 60 }, () => deliveryRow({ tenantId, endpointId }));
    world.history.deliveries.push(...rows);
    world.history.events.push(eventRow({ tenantId }));
    const first = await world.send('GET', `/webhooks/${endpointId}`, { key });
    expect(first.body).toMatchObject({ deliveries: { next: '50' } });
    const rest = await world.send('GET', `/webhooks/${endpointId}?after=50`, { key });
    expect((rest.body['deliveries'] as { data: unknown[] }).data).toHaveLength(10);
    const event = await world.send('GET', '/events/evt_one', { key });
    expect(event.body).toMatchObject({ id: 'evt_one', body: '{"id":"evt_one"}', unmatched: false });
    expect(event.body['deliveries']).toHaveLength(60);
    const events = await world.send('GET', '/events?type=host.online', { key });
    expect(events.body['data']).toEqual([expect.not.objectContaining({ body: expect.anything() })]);
  });

  it('answer 503 while PostgreSQL is away, and everything of control goes on', async () => {
    const { key } = await world.tenant('hyprwatch');
    world.history.down = true;
    for (const [method, path] of [
      ['GET', '/deliveries'],
      ['GET', `/deliveries/${DELIVERY_ID}`],
      ['POST', `/deliveries/${DELIVERY_ID}/retry`],
      ['GET', '/events'],
      ['GET', '/events/evt_one'],
    ] as const) {
      const answer = await world.send(method, path, { key });
      expect(answer.status).toBe(503);
      expect(answer.body).toMatchObject({ code: 'unavailable' });
      expect(answer.headers['retry-after']).toBe('5');
      expect(JSON.stringify(answer.body)).not.toContain('ECONNREFUSED');
    }
    const id = await world.webhook(key);
    const read = await world.send('GET', `/webhooks/${id}`, { key });
    expect(read.status).toBe(200);
    expect(read.body).toMatchObject({ id, deliveries: null });
    expect((await world.send('PATCH', `/webhooks/${id}`, { key, body: { active: false } })).status).toBe(200);
  });
});

describe('retrying a delivery', () => {
  async function failedDelivery(contract: string, event: Parameters<typeof eventRow>[0] = {}) {
    const { id: tenantId, key } = await world.tenant(contract);
    const endpointId = await world.webhook(key);
    world.history.events.push(eventRow({ tenantId, contract, ...event }));
    world.history.deliveries.push(deliveryRow({ tenantId, endpointId, partition: 2 }));
    return { tenantId, key, endpointId, path: `/deliveries/${DELIVERY_ID}/retry` };
  }

  it('asks under a chain that is the control position of the asking, on the partition the delivery was born on', async () => {
    const { tenantId, key, endpointId, path } = await failedDelivery('hyprwatch');
    const before = (await askedOn(2)).length;
    const first = await world.send('POST', path, { key });
    expect(first.status).toBe(202);
    const chain = Number(first.body['chain']);
    expect(first.headers['hyperhook-control-position']).toBe(String(chain + 1));
    expect(first.body).toMatchObject({ delivery_id: DELIVERY_ID, status: 'pending', restamped: false });
    const second = await world.send('POST', path, { key });
    expect(second.body['chain']).not.toBe(chain);
    const asked = (await askedOn(2)).slice(before);
    expect(asked).toHaveLength(2);
    expect(asked[0]!.ref).toEqual({
      deliveryId: DELIVERY_ID,
      tenantId,
      endpointId,
      eventId: 'evt_one',
      eventType: 'host.online',
      chain,
      askedBy: 'replay',
      eventOffset: 12,
      occurredAt: 1_700_000_000_000,
      acceptedAt: 1_700_000_000_500,
    });
    expect(Buffer.from(asked[0]!.body).toString()).toBe('{"id":"evt_one"}');
  });

  it('fills the slot of the body with the delivery id', async () => {
    const body = Buffer.from(`{"deliveryId":"${'0'.repeat(36)}"}`);
    const { key, path } = await failedDelivery('hyperleap', { slot: 15, body });
    expect((await world.send('POST', path, { key })).status).toBe(202);
    const last = (await askedOn(2)).at(-1)!;
    expect(Buffer.from(last.body).toString()).toBe(`{"deliveryId":"${DELIVERY_ID}"}`);
  });

  it('takes the body from the log where the history has not seen the event yet', async () => {
    const { tenantId, key, path } = await failedDelivery('hyprwatch');
    const event = world.history.events.pop()!;
    const encoded = encodeEvent({
      ...event,
      body: event.body!,
      eventId: event.id,
      eventType: event.type,
      controlPosition: 0,
    });
    const [appended] = await world.log.append([{ topic: 'events', partition: 2, ...encoded }]);
    const delivery = { tenantId, endpointId: world.history.deliveries[0]!.endpointId, partition: 2 };
    world.history.deliveries[0] = deliveryRow({ ...delivery, eventOffset: appended!.offset });
    expect((await world.send('POST', path, { key })).status).toBe(202);
    // Or does not keep its body any more.
    world.history.events.push({ ...event, body: null });
    expect((await world.send('POST', path, { key })).status).toBe(202);
    world.history.deliveries[0] = deliveryRow({ ...delivery, eventOffset: 999 });
    const gone = await world.send('POST', path, { key });
    expect(gone.status).toBe(409);
    expect(gone.body['detail']).toContain('no longer kept');
  });

  it('of an old Hyperspell event needs "restamp", which writes a new time into the same body', async () => {
    const body = Buffer.from(
      '{"event":"index-started","app":"demo-app","user_id":null,"source":"s","resource_id":null,"timestamp":1700000000}',
    );
    const { key, path } = await failedDelivery('hyperspell', { body });
    const refused = await world.send('POST', path, { key });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/restamp', code: 'too_old' }] });
    const taken = await world.send('POST', path, { key, body: { restamp: true } });
    expect(taken.status).toBe(202);
    expect(taken.body).toMatchObject({ restamped: true, occurred_at: new Date(NOW).toISOString() });
    const last = (await askedOn(2)).at(-1)!;
    expect(last.ref.occurredAt).toBe(NOW);
    // Recorded, so that each attempt tells whose bytes it sent (P7).
    expect(last.ref.restampedAt).toBe(NOW);
    expect(JSON.parse(Buffer.from(last.body).toString())).toMatchObject({
      app: 'demo-app',
      timestamp: 1_700_000_400,
    });
    // A row that shows the restamped time must not make the old body look young.
    world.history.deliveries[0] = { ...world.history.deliveries[0]!, occurredAt: NOW };
    expect((await world.send('POST', path, { key })).status).toBe(422);
  });

  it('sends the same bytes of everybody else, however old, and knows no "restamp"', async () => {
    for (const contract of ['hypertune', 'hyperleap', 'hyprwatch', 'standard-webhooks']) {
      world.history.deliveries.length = 0;
      world.history.events.length = 0;
      const { key, path } = await failedDelivery(contract);
      expect((await world.send('POST', path, { key })).status).toBe(202);
      const refused = await world.send('POST', path, { key, body: { restamp: true } });
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/restamp', code: 'not_in_contract' }] });
    }
  });

  it('is refused where there is nothing to send or nobody to send it to', async () => {
    const { tenantId, key, endpointId, path } = await failedDelivery('hyprwatch');
    world.history.deliveries[0] = deliveryRow({ tenantId, endpointId, test: true, eventOffset: null });
    expect((await world.send('POST', path, { key })).status).toBe(409);
    world.history.deliveries[0] = deliveryRow({ tenantId, endpointId });
    await world.send('DELETE', `/webhooks/${endpointId}`, { key });
    expect((await world.send('POST', path, { key })).status).toBe(409);
    expect((await world.send('POST', '/deliveries/none/retry', { key })).status).toBe(404);
  });

  it('sends the record again when the log does not say whether it has it, and answers 503 when it refuses', async () => {
    const { key, path } = await failedDelivery('hyprwatch');
    const before = (await askedOn(2)).length;
    const away = new LogError('log_unavailable', 'away');
    // The writer asks twice, so that the fact is refused only by two failures.
    world.store.failNextAppend({ error: away });
    expect((await world.send('POST', path, { key })).status).toBe(202);
    expect(await askedOn(2)).toHaveLength(before + 1);
    world.store.failNextAppend({ error: away });
    world.store.failNextAppend({ error: away });
    const refused = await world.send('POST', path, { key });
    expect(refused.status).toBe(503);
    expect(await askedOn(2)).toHaveLength(before + 1);
  });
});

describe.each(['hyperspell', 'hypertune', 'hyperleap', 'hyprwatch', 'standard-webhooks'])(
  'Send Test Event of a %s webhook',
  (contract) => {
    it('asks for a valid sample under its own chain and answers with what came back', async () => {
      const { id: tenantId, key } = await world.tenant(contract);
      const id = await world.webhook(key, { active: false });
      const partition = partitionOf(tenantId, PARTITIONS);
      const before = (await askedOn(partition)).length;
      const answer = world.send('POST', `/webhooks/${id}/test`, { key });
      const asked = await eventually(async () => {
        const found = (await askedOn(partition))[before];
        if (found === undefined) throw new Error('not asked yet');
        return found;
      });
      expect(asked.ref).toMatchObject({
        endpointId: id,
        askedBy: 'test',
        eventOffset: null,
        occurredAt: NOW,
      });
      const body = Buffer.from(asked.body).toString();
      expect(body).not.toContain('0'.repeat(36));
      expect(() => JSON.parse(body) as unknown).not.toThrow();
      const outcome = {
        ref: asked.ref,
        attempt: 1,
        step: 0,
        term: 1,
        at: NOW,
        decision: { kind: 'delivered' },
      } as const;
      const other = { ...outcome, ref: { ...asked.ref, chain: asked.ref.chain + 1 } };
      const detail = {
        startedAt: NOW,
        durationMs: 41.62,
        requestHeaders: {},
        url: 'https://example.com/hook',
        status: 204,
        errorClass: null,
        message: null,
        responseHeaders: {},
        responseBody: null,
        responseBytes: 0,
        responseTruncated: false,
      };
      await world.log.append(
        [encodeOutcome({ kind: 'outcome', outcome: other, detail: { ...detail, status: 500 } })]
          .concat(encodeOutcome({ kind: 'outcome', outcome, detail }))
          .map((encoded) => ({ topic: 'outcomes' as const, partition, ...encoded })),
      );
      const { status, body: result } = await answer;
      expect(status).toBe(200);
      expect(result).toEqual({
        delivery_id: asked.ref.deliveryId,
        type: asked.ref.eventType,
        status: 'delivered',
        status_code: 204,
        duration_ms: 42,
        error: null,
      });
    });

    it('refuses a type that has no sample', async () => {
      const { key } = await world.tenant(contract);
      const id = await world.webhook(key);
      const refused = await world.send('POST', `/webhooks/${id}/test`, {
        key,
        body: { type: 'no.such.type' },
      });
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({ errors: [{ pointer: '/type' }] });
    });
  },
);

describe('Send Test Event', () => {
  it('answers 202 "pending" when the process stops before the outcome is known', async () => {
    const stopping = await AdminWorld.start();
    const { id: tenantId, key } = await stopping.tenant('hyprwatch');
    const id = await stopping.webhook(key);
    const answer = stopping.send('POST', `/webhooks/${id}/test`, { key, body: { type: 'query.completed' } });
    await eventually(async () => {
      const ends = await stopping.log.endOffsets('deliveries');
      if (ends[partitionOf(tenantId, PARTITIONS)] === 0) throw new Error('not asked yet');
    });
    await stopping.admin.stop();
    const { status, body } = await answer;
    expect(status).toBe(202);
    expect(body).toMatchObject({ type: 'query.completed', status: 'pending', status_code: null });
    await stopping.close();
  });

  it('shows the bytes as receivers got them, id in place, to those who may read events', async () => {
    const own = await world.tenant('hyperspell');
    const hook = await world.webhook(own.key);
    const id = '22222222-2222-5333-8444-555555555555';
    const slotted = `{"deliveryId":"${'0'.repeat(36)}","timestamp":1700000000}`;
    const event = { tenantId: own.id, id: 'evt_slotted', slot: 15, body: Buffer.from(slotted) };
    world.history.events.push(eventRow(event));
    const row = { id, tenantId: own.id, endpointId: hook, eventId: 'evt_slotted' };
    world.history.deliveries.push(deliveryRow(row));
    world.history.attempts.push(
      attemptRow({ deliveryId: id, chain: 0 }),
      attemptRow({ deliveryId: id, chain: 5, restampedAt: 1_800_000_000_000 }),
    );
    const { body } = await world.send('GET', `/deliveries/${id}`, { key: own.key });
    expect(body['body']).toBe(`{"deliveryId":"${id}","timestamp":1700000000}`);
    const log = body['attempt_log'] as { restamped_body?: string }[];
    expect(log.map((each) => each.restamped_body)).toEqual([
      undefined,
      `{"deliveryId":"${id}","timestamp":1800000000}`,
    ]);
    const made = await world.send('POST', '/keys', {
      body: { name: 'few', tenant: own.id, scopes: ['deliveries:read'] },
    });
    const few = await world.send('GET', `/deliveries/${id}`, { key: String(made.body['key']) });
    expect(few.body['body']).toBeNull();

    const detail = { delivery: deliveryRow(row), attempts: [attemptRow({ restampedAt: 1_800_000_000_000 })] };
    const operator = { keyId: 'k', tenantId: null, scopes: ['admin'], actor: 'key:k' } as const;
    // Its contract was taken away: the delivery can be read still.
    const bodies = await sentBodies({ ...world.admin.context, contracts: new Map() }, operator, detail);
    expect(bodies?.asAccepted).toBe(`{"deliveryId":"${id}","timestamp":1700000000}`);
    expect(bodies?.restamped(attemptRow({ restampedAt: 1_800_000_000_000 }))).toBeUndefined();
  });
});
