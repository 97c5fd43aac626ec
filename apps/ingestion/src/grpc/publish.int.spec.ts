import 'reflect-metadata';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrpcClient, type CallOptions } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';

describe('publishing over gRPC', () => {
  let app: StartedIngestion;
  let client: GrpcClient;

  beforeAll(async () => {
    app = await StartedIngestion.start({ config: { maxBodyBytes: 2 * 1_024 * 1_024 } });
    client = new GrpcClient(await app.grpc(), 'acme');
  });

  afterAll(async () => {
    client.close();
    await app[Symbol.asyncDispose]();
  });

  const publish = (event: object | undefined, options?: CallOptions) =>
    client.call('IngestService', 'Publish', event === undefined ? {} : { event }, options);
  const batch = (events: object[], options?: CallOptions) =>
    client.call('IngestService', 'PublishBatch', { events }, options);
  const data = (value: string) => Buffer.from(value);
  const bodyOf = async (id: string) => {
    const found = (await app.events()).find(({ eventId }) => eventId === id);
    return Buffer.from(found!.body).toString();
  };

  describe('Publish', () => {
    it('accepts one event, durable, with number text and key order as they were sent', async () => {
      const event = { id: 'one', type: 'a.b', data: data('{"2":1.0,"1":-0.50e1}') };
      const answer = await publish(event);
      expect(answer).toMatchObject({ code: 0, message: { id: 'one', status: 'PUBLISH_STATUS_ACCEPTED' } });
      expect(answer.headers.get('hyperhook-control-position')).toEqual([String(app.control.position)]);
      expect(await bodyOf('one')).toContain('{"2":1.0,"1":-0.50e1}');
      expect((await publish(event)).message).toEqual({ id: 'one', status: 'PUBLISH_STATUS_DUPLICATE' });
    });

    it('carries on the trace of the publisher, and passes over what is none', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const of = async (id: string) => (await app.events()).find(({ eventId }) => eventId === id);
      await publish({ id: 'traced', type: 'a.b' }, { metadata: { traceparent } });
      await batch([{ id: 'traced-too', type: 'a.b' }], { metadata: { traceparent } });
      for (const id of ['traced', 'traced-too']) expect(await of(id)).toMatchObject({ traceparent });
      await publish({ id: 'odd', type: 'a.b' }, { metadata: { traceparent: '00-nonsense' } });
      expect(await of('odd')).not.toHaveProperty('traceparent');
    });

    it('is told of by a line for those who look for it, with the trace and without the data', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      await publish({ id: 'told', type: 'a.b', data: data('{"who":"ada"}') }, { metadata: { traceparent } });
      const line = app.logged.find((each) => each.includes('"event.accepted"') && each.includes('"told"'));
      expect(JSON.parse(line!)).toMatchObject({
        level: 'debug',
        tenant: 'acme',
        event: 'told',
        type: 'a.b',
        status: 'accepted',
        trace: '4bf92f3577b34da6a3ce929d0e0e4736',
      });
      expect(line).not.toContain('ada');
    });

    it('takes the idempotency key for the id of an event that brings none', async () => {
      const named = { metadata: { 'idempotency-key': 'by-metadata' } };
      const ids = async (event: object) => (await publish(event, named)).message;
      expect(await ids({ type: 'a.b' })).toEqual({ id: 'by-metadata', status: 'PUBLISH_STATUS_ACCEPTED' });
      expect(await ids({ type: 'a.b' })).toEqual({ id: 'by-metadata', status: 'PUBLISH_STATUS_DUPLICATE' });
      expect(await ids({ id: 'by-field', type: 'a.b' })).toMatchObject({ id: 'by-field' });
      const many = await batch([{ type: 'a.b' }], named);
      expect(many).toMatchObject({ code: status.INVALID_ARGUMENT, problem: { code: 'invalid_header' } });
      const stream = client.stream('IngestService', 'PublishStream', named);
      const end = await new Promise<{ code: number }>((resolve) => stream.on('error', resolve as () => void));
      expect(end.code).toBe(status.INVALID_ARGUMENT);
    });

    it('makes an id where none is given, and takes no data for an empty object', async () => {
      const { message } = await publish({ type: 'a.b', occurred_at: '2026-11-21T12:00:00Z' });
      expect(await bodyOf(String(message['id']))).toContain('"data":{}');
    });

    it('takes the tenant that a root key names, and none that a tenant’s key names', async () => {
      const event = { type: 'a.b', tenant: 'acme' };
      expect((await publish(event, { key: 'root' })).code).toBe(0);
      const foreign = await publish({ type: 'host.online', tenant: 'watch' });
      expect(foreign).toMatchObject({
        code: status.NOT_FOUND,
        problem: { code: 'not_found', errors: [{ pointer: '/event/tenant' }] },
      });
    });

    it.each<[string, object | undefined, number, object]>([
      [
        'no event',
        undefined,
        status.INVALID_ARGUMENT,
        { code: 'validation_failed', errors: [{ pointer: '/event', code: 'required' }] },
      ],
      [
        'no type',
        { id: 'x' },
        status.INVALID_ARGUMENT,
        { errors: [{ pointer: '/event/type', code: 'required' }] },
      ],
      [
        'two mistakes',
        { occurred_at: 'today' },
        status.INVALID_ARGUMENT,
        { errors: [{ pointer: '/event/occurred_at', code: 'invalid_time' }, { pointer: '/event/type' }] },
      ],
      [
        'data that is no JSON',
        { type: 'a.b', data: data('{"a":') },
        status.INVALID_ARGUMENT,
        { code: 'invalid_json', errors: [{ pointer: '/event/data/a' }] },
      ],
      [
        'data that closes and goes on',
        { type: 'a.b', data: data('{},"tenant":"watch"') },
        status.INVALID_ARGUMENT,
        { code: 'invalid_json' },
      ],
      [
        'data that is no object',
        { type: 'a.b', data: data('[1]') },
        status.INVALID_ARGUMENT,
        { errors: [{ pointer: '/event/data' }] },
      ],
      [
        'a member named twice',
        { type: 'a.b', data: data('{"a":1,"a":2}') },
        status.INVALID_ARGUMENT,
        { code: 'duplicate_key' },
      ],
      [
        'bytes that are no UTF-8',
        { type: 'a.b', data: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) },
        status.INVALID_ARGUMENT,
        { code: 'invalid_utf8' },
      ],
      [
        'an id that the contract does not take',
        { id: 'a.b', type: 'a.b' },
        status.INVALID_ARGUMENT,
        { errors: [{ pointer: '/event/id' }] },
      ],
      [
        'data beyond 256 KiB',
        { type: 'a.b', data: data(`{"a":"${'x'.repeat(270_000)}"}`) },
        status.INVALID_ARGUMENT,
        { code: 'payload_too_large' },
      ],
    ])('refuses %s', async (_what, event, code, problem) => {
      const answer = await publish(event);
      expect(answer).toMatchObject({ code, problem });
      expect(answer.problem['instance']).toBe('/hyperhook.v1.IngestService/Publish');
    });

    it.each<[string, CallOptions, number, string]>([
      ['no key', { key: null }, status.UNAUTHENTICATED, 'missing_key'],
      ['an unknown key', { key: 'nobody' }, status.UNAUTHENTICATED, 'unknown_key'],
      ['a key without the scope', { key: 'reader' }, status.PERMISSION_DENIED, 'missing_scope'],
      ['a plan without webhooks', { key: 'free' }, status.PERMISSION_DENIED, 'not_entitled'],
      [
        'a position that is none',
        { metadata: { 'hyperhook-control-position': 'x' } },
        status.INVALID_ARGUMENT,
        'invalid_header',
      ],
    ])('refuses %s, in all three calls', async (_what, options, code, problem) => {
      const event = { type: 'a.b' };
      expect(await publish(event, options)).toMatchObject({ code, problem: { code: problem } });
      expect(await batch([event], options)).toMatchObject({ code, problem: { code: problem } });
      const stream = client.stream('IngestService', 'PublishStream', options);
      stream.on('data', () => {});
      const ended = new Promise<number>((resolve) => {
        stream.on('error', (error: Error & { code?: number }) => resolve(error.code ?? -1));
        stream.on('end', () => resolve(0));
      });
      stream.write({ sequence: 1, event });
      // Of a stream, the plan is told with each event, as it may change while the stream is open.
      if (problem === 'not_entitled') {
        const [outcome] = (await new Promise((resolve) => stream.once('data', (one) => resolve([one])))) as [
          object,
        ];
        expect(outcome).toMatchObject({ sequence: 1, problem: { code: problem, status: 403 } });
        stream.end();
        expect(await ended).toBe(0);
      } else expect(await ended).toBe(code);
    });

    it('refuses a message that is larger than a request may be, before it is read to its end', async () => {
      const answer = await publish({ type: 'a.b', data: Buffer.alloc(2 * 1_024 * 1_024 + 1, 0x20) });
      expect(answer.code).toBe(status.RESOURCE_EXHAUSTED);
    });

    it('waits for the control position that is echoed', async () => {
      const position = await app.addTenant('late', 'standard-webhooks');
      const echo = { 'hyperhook-control-position': String(position) };
      const answer = await publish({ type: 'a.b', tenant: 'late' }, { key: 'root', metadata: echo });
      expect(answer.code).toBe(0);
    });
  });

  describe('PublishBatch', () => {
    it('answers each event by itself, in order', async () => {
      const answer = await batch([
        { id: 'b0', type: 'a.b' },
        { id: 'b1' },
        { id: 'b0', type: 'a.b' },
        { id: 'b2', type: 'a.b', data: data('{"n":1.50}') },
      ]);
      expect(answer.code).toBe(0);
      expect(answer.message['outcomes']).toMatchObject([
        { accepted: { id: 'b0', status: 'PUBLISH_STATUS_ACCEPTED' } },
        { problem: { code: 'validation_failed', status: 422, errors: [{ pointer: '/events/1/type' }] } },
        { accepted: { id: 'b0', status: 'PUBLISH_STATUS_DUPLICATE' } },
        { accepted: { id: 'b2', status: 'PUBLISH_STATUS_ACCEPTED' } },
      ]);
      expect(await bodyOf('b2')).toContain('{"n":1.50}');
    });

    it.each([0, 1_001])('refuses %i events', async (count) => {
      const events = Array.from({ length: count }, () => ({ type: 'a.b' }));
      expect(await batch(events)).toMatchObject({
        code: status.INVALID_ARGUMENT,
        problem: { errors: [{ pointer: '/events', code: 'batch_size' }] },
      });
    });
  });
});
