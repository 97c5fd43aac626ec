import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { rawRequest } from '../testing/raw-request.ts';
import { StartedIngestion } from '../testing/started-ingestion.ts';

describe('publishing one event', () => {
  let app: StartedIngestion;
  beforeAll(async () => {
    app = await StartedIngestion.start();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
  });

  const problem = (code: string, errors?: readonly object[]) =>
    expect.objectContaining({
      code,
      type: `https://hyperhook.dev/problems/${code}`,
      instance: '/api/v1/events',
      detail: expect.any(String),
      ...(errors === undefined ? {} : { errors: errors.map((each) => expect.objectContaining(each)) }),
    });

  const bodyOf = async (id: string) => {
    const event = (await app.events()).find((each) => each.eventId === id);
    return Buffer.from(event?.body ?? []).toString();
  };

  describe('an event that fits', () => {
    it('carries on the trace of the publisher, also where this process tells no collector', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const event = { id: 'traced', type: 'user.created', data: {} };
      const headers = { authorization: 'Bearer acme', traceparent };
      expect((await app.publish(event, { headers })).status).toBe(202);
      const found = (await app.events()).find(({ eventId }) => eventId === 'traced');
      expect(found).toMatchObject({ traceparent });
    });

    it('accepts it: 202, durable, with the id and the control position', async () => {
      const answer = await app.publish({ type: 'user.created', data: { name: 'Zoë' } });
      expect(answer.status).toBe(202);
      expect(answer.json).toEqual({ id: expect.stringMatching(/^msg_/), status: 'accepted' });
      expect(answer.headers['hyperhook-control-position']).toBe(String(app.control.position));
      const { id } = answer.json as { id: string };
      expect((await app.events()).find((each) => each.eventId === id)).toMatchObject({
        tenantId: 'acme',
        contract: 'standard-webhooks',
        eventType: 'user.created',
        controlPosition: app.control.position,
      });
    });

    it('sends the data on as it was published: number text, key order, escapes', async () => {
      const data =
        '{"b":1e400,"2":-0,"1":9007199254740993,"a":1.10,"u":"\\u00e9\\/","__proto__":{"x":1},"constructor":null}';
      const text = `{ "id" : "bytes", "type":"a.b", "data": ${data.replaceAll(',', ' , ')} }`;
      expect((await app.publish(text)).status).toBe(202);
      expect(await bodyOf('bytes')).toContain(`"data":${data}}`);
      expect(({} as { x?: number }).x).toBeUndefined();
    });

    it('keeps the time it is told, to the millisecond', async () => {
      const event = { id: 'when', type: 'a.b', occurred_at: '2026-01-02T03:04:05.678+01:00', data: {} };
      expect((await app.publish(event)).status).toBe(202);
      expect(await bodyOf('when')).toContain('"timestamp":"2026-01-02T02:04:05.678Z"');
    });

    it('takes the Idempotency-Key for the id of an event that brings none', async () => {
      const named = (body: object) => app.publish(body, { headers: { 'idempotency-key': 'by-header' } });
      expect((await named({ type: 'a.b' })).json).toEqual({ id: 'by-header', status: 'accepted' });
      expect((await named({ type: 'a.b' })).json).toEqual({ id: 'by-header', status: 'duplicate' });
      expect((await named({ id: 'by-body', type: 'a.b' })).json).toMatchObject({ id: 'by-body' });
      const odd = await app.publish({ type: 'a.b' }, { headers: { 'idempotency-key': 'not an id' } });
      expect([odd.status, odd.json]).toEqual([422, problem('validation_failed', [{ pointer: '/id' }])]);
      const batch = await named([{ type: 'a.b' }]);
      expect([batch.status, batch.json]).toEqual([400, problem('invalid_header')]);
    });

    it('answers "duplicate" to an id that is durable already, and appends nothing', async () => {
      const event = { id: 'twice', type: 'a.b', data: { n: 1 } };
      expect((await app.publish(event)).json).toEqual({ id: 'twice', status: 'accepted' });
      expect((await app.publish({ ...event, data: { n: 2 } })).json).toEqual({
        id: 'twice',
        status: 'duplicate',
      });
      expect((await app.events()).filter((each) => each.eventId === 'twice')).toHaveLength(1);
      expect(await bodyOf('twice')).toContain('"n":1');
    });

    it('reads a body without a declared length', async () => {
      expect((await app.publish('{"type":"a.b","data":{}}', { chunked: true })).status).toBe(202);
    });
  });

  describe('who may publish', () => {
    const event = { type: 'a.b', data: {} };
    const as = (key: string, body: object = event) =>
      app.publish(body, { headers: { authorization: `Bearer ${key}` } });

    it('asks for a key, and never reads it from the URL', async () => {
      const answer = await rawRequest(app.port, {
        path: '/api/v1/events?api_key=acme',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.json).toEqual(problem('missing_key'));
      expect(JSON.stringify(answer.json)).not.toContain('api_key');
    });

    it('refuses unknown keys (401), keys without the scope (403) and tenants without the plan (403)', async () => {
      expect((await as('guess')).json).toEqual(problem('unknown_key'));
      const portal = await as(`hh_portal_k1.W10.${'A'.repeat(43)}`);
      expect(portal).toMatchObject({ status: 401, json: problem('unknown_key') });
      expect(portal.json).toMatchObject({ detail: expect.stringContaining('publish with an API key') });
      expect(await as('reader')).toMatchObject({ status: 403, json: problem('missing_scope') });
      expect(await as('free')).toMatchObject({ status: 403, json: problem('not_entitled') });
      expect((await as('root', { ...event, tenant: 'free' })).status).toBe(403);
    });

    it('checks the key before it reads a byte', async () => {
      const answer = await app.publish(null, {
        headers: { authorization: 'Bearer guess', 'content-length': '1000000000' },
      });
      expect(answer.status).toBe(401);
    });

    it("takes the tenant from the key; another tenant's name is not there", async () => {
      expect((await as('acme', { ...event, tenant: 'acme' })).status).toBe(202);
      const other = await as('acme', { ...event, tenant: 'watch' });
      expect(other).toMatchObject({ status: 404, json: problem('not_found', [{ pointer: '/tenant' }]) });
      const nobody = await as('acme', { ...event, tenant: 'nobody' });
      expect(nobody.json).toEqual(other.json);
    });

    it('makes the root key name a tenant', async () => {
      const named = { id: 'by-root', ...event, tenant: 'acme' };
      expect((await as('root', named)).status).toBe(202);
      expect((await app.events()).find((each) => each.eventId === 'by-root')?.tenantId).toBe('acme');
      expect(await as('root')).toMatchObject({
        status: 422,
        json: problem('validation_failed', [{ pointer: '/tenant', code: 'required' }]),
      });
      expect((await as('root', { ...event, tenant: 'nobody' })).status).toBe(404);
    });
  });

  describe('what is refused, and how it is told', () => {
    const wrap = (data: string) => `{"type":"a.b","data":${data}}`;
    const bytes = (...parts: (string | number[])[]) =>
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

    it.each<[string, Uint8Array | string, number, string, string]>([
      ['no bytes', '', 400, 'empty_body', ''],
      ['spaces only', '  \n', 400, 'invalid_json', 'byte 3'],
      ['invalid UTF-8', bytes('{"type":"a', [0xff], '"}'), 400, 'invalid_utf8', 'byte 10'],
      ['a UTF-8 surrogate', bytes('{"a":"', [0xed, 0xa0, 0x80], '"}'), 400, 'invalid_utf8', 'byte 6'],
      ['a lone escaped surrogate', wrap('{"x":"\\ud800"}'), 400, 'lone_surrogate', '/data/x'],
      ['broken JSON', '{"type":"a.b",}', 400, 'invalid_json', 'byte 14'],
      ['text after the end', '{} {}', 400, 'invalid_json', 'byte 3'],
      ['NaN', wrap('{"x":NaN}'), 400, 'invalid_json', '/data/x'],
      ['10,000 levels', wrap('['.repeat(10_000)), 400, 'too_deep', '64'],
      ['a member twice', wrap('{"x":1,"\\u0078":2}'), 400, 'duplicate_key', '/data/x'],
      ['a number', '7', 422, 'validation_failed', 'not a number'],
      ['null', 'null', 422, 'validation_failed', 'not null'],
      ['no type', '{"data":{}}', 422, 'validation_failed', '/type: is required'],
      ['a type that is no text', '{"type":7}', 422, 'validation_failed', '/type: must be text'],
      ['a null id', '{"type":"a.b","id":null}', 422, 'validation_failed', '/id: must be text, not null'],
      [
        'an unknown field',
        '{"type":"a.b","dat":{}}',
        422,
        'validation_failed',
        'id, type, occurred_at, data',
      ],
      ['data that is a list', wrap('[]'), 422, 'validation_failed', '/data: must be an object'],
      ['a type with a line break', '{"type":"a\\r\\nb"}', 422, 'validation_failed', '/type'],
      ['a type of 10 kB', `{"type":"${'a'.repeat(10_000)}"}`, 422, 'validation_failed', '/type'],
      ['an id with a space', '{"type":"a.b","id":"a b"}', 422, 'validation_failed', '/id'],
      [
        'an epoch number',
        '{"type":"a.b","occurred_at":1700000000}',
        422,
        'validation_failed',
        '/occurred_at',
      ],
      [
        '30 February',
        '{"type":"a.b","occurred_at":"2026-02-30T00:00:00Z"}',
        422,
        'validation_failed',
        '3339',
      ],
      [
        'a far future',
        '{"type":"a.b","occurred_at":"2999-01-01T00:00:00Z"}',
        422,
        'validation_failed',
        '24 h',
      ],
    ])('%s', async (_, body, status, code, told) => {
      const before = (await app.events()).length;
      const answer = await app.publish(body);
      expect(answer).toMatchObject({ status, json: problem(code) });
      expect((answer.json as { detail: string }).detail).toContain(told);
      expect((await app.events()).length).toBe(before);
    });

    it("names what the tenant's contract misses, all at once", async () => {
      const watch = { headers: { authorization: 'Bearer watch' } };
      expect((await app.publish({ type: 'host.rebooted', data: {} }, watch)).json).toEqual(
        problem('validation_failed', [{ pointer: '/type', code: 'unknown_type' }]),
      );
      expect(
        (await app.publish({ id: 'evt_1', type: 'host.online', data: { host_id: 7 } }, watch)).json,
      ).toEqual(
        problem('validation_failed', [
          { pointer: '/data/hostname', code: 'invalid_data' },
          { pointer: '/data/platform' },
          { pointer: '/data/host_id' },
        ]),
      );
      expect((await app.publish({ type: 'host.online' }, watch)).status).toBe(422);
    });

    it('answers a body that is wrong in a hundred thousand places, or with a name of a megabyte, briefly', async () => {
      const members = Array.from({ length: 100_000 }, (_, n) => `"f${n}":0`).join();
      const long = `{"type":"a.b","${'n'.repeat(1_000_000)}":0}`;
      const list = `[${'0,'.repeat(1_000_000)}0]`;
      for (const body of [`{${members}}`, long, list]) {
        const answer = await app.publish(body);
        expect(answer.status).toBe(422);
        expect(JSON.stringify(answer.json).length).toBeLessThan(20_000);
      }
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', ';;'])(
      'refuses the content type %s with 415',
      async (type) => {
        const answer = await app.publish({ type: 'a.b' }, { headers: { 'content-type': type } });
        expect(answer).toMatchObject({ status: 415, json: problem('unsupported_media_type') });
      },
    );

    it('refuses a body without a content type with 415', async () => {
      const headers = { authorization: 'Bearer acme' };
      const answer = await rawRequest(app.port, { headers, body: '{"type":"a.b"}' });
      expect(answer).toMatchObject({ status: 415, json: problem('unsupported_media_type') });
    });

    it('takes data up to the limit, and answers 413 for a byte more', async () => {
      const dataOf = (length: number) => `{"x":"${'a'.repeat(length - 8)}"}`;
      expect((await app.publish(wrap(dataOf(262_144)))).status).toBe(202);
      const answer = await app.publish(wrap(dataOf(262_145)));
      expect(answer).toMatchObject({
        status: 413,
        json: problem('payload_too_large', [{ pointer: '/data' }]),
      });
    });

    it('answers 413 before the body comes where its declared length is too large', async () => {
      const answer = await app.publish(null, { headers: { 'content-length': '104857600' } });
      expect(answer).toMatchObject({ status: 413, json: problem('body_too_large') });
      expect(answer.headers.connection).toBe('close');
    });

    it('answers every other route with a problem too', async () => {
      const answer = await rawRequest(app.port, { method: 'GET', path: '/nowhere?key=1', body: null });
      expect(answer).toMatchObject({ status: 404, json: { code: 'not_found', instance: '/nowhere' } });
    });
  });
});
