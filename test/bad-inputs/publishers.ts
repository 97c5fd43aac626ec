import { expect } from '@jest/globals';
import { eventually } from '#testkit';
import { callApi } from '../support/api-call.ts';
import type { BadInput, Problem, Webhook } from './world.ts';

const eventOf = (data: string): string => `{"type":"thing.happened","data":${data}}`;

/** What publishers send. */
export const publishers: readonly BadInput[] = [
  {
    row: 38,
    input: 'bytes that are no UTF-8, half of a surrogate pair',
    expected: '400, never sent on',
    check: async (world) => {
      const { key } = await world.tenantOf(world.open, 'standard-webhooks');
      const bytes = Buffer.concat([
        Buffer.from('{"type":"a.b","data":{"x":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}}'),
      ]);
      expect(await world.publishRaw(key, bytes)).toEqual({ status: 400, code: 'invalid_utf8' });
      const half = eventOf('{"x":"\\ud800"}');
      expect(await world.publishRaw(key, half)).toEqual({ status: 400, code: 'lone_surrogate' });
    },
  },
  {
    row: 39,
    input: 'payloads of 0 B, 1 B, the limit, one more, 100 MB',
    expected: '400, 400, accepted, 413, 413 before it has come',
    check: async (world) => {
      const { key } = await world.tenantOf(world.open, 'standard-webhooks');
      expect(await world.publishRaw(key, '')).toEqual({ status: 400, code: 'empty_body' });
      expect(await world.publishRaw(key, 'x')).toEqual({ status: 400, code: 'invalid_json' });
      const sized = (bytes: number) => eventOf(`{"x":"${'a'.repeat(bytes - '{"x":""}'.length)}"}`);
      expect(await world.publishRaw(key, sized(262_144))).toMatchObject({ status: 202 });
      expect(await world.publishRaw(key, sized(262_145))).toMatchObject({ status: 413 });
      const huge = await world.publishRaw(key, new Uint8Array(100_000_000)).catch(() => undefined);
      // Answered while it was still being sent: some clients see the answer, some a connection that is closed.
      expect(huge?.status ?? 413).toBe(413);
    },
  },
  {
    row: 40,
    input: 'JSON of depth 10,000, a name twice, __proto__, constructor',
    expected: '400; names are names, and no prototype changes',
    check: async (world) => {
      const { key } = await world.newTenant();
      const deep = eventOf(`{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
      expect(await world.publishRaw(key, deep)).toEqual({ status: 400, code: 'too_deep' });
      const twice = '{"type":"a.b","type":"c.d","data":{}}';
      expect(await world.publishRaw(key, twice)).toEqual({ status: 400, code: 'duplicate_key' });
      const own = '{"type":"a.b","data":{},"__proto__":{"tenant":"x"}}';
      expect(await world.publishRaw(key, own)).toMatchObject({ status: 422 });
      const receiver = await world.receiver(() => ({}));
      await world.webhook(key, receiver.url);
      const data = '{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}';
      expect(await world.publishRaw(key, eventOf(data))).toMatchObject({ status: 202 });
      const [request] = await receiver.waitFor(1, 10_000);
      expect(request?.body.toString()).toContain(`"data":${data}`);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  },
  {
    row: 41,
    input: 'the numbers 2^53+1, 1e400, -0, 1.0',
    expected: 'sent as they were written',
    check: async (world) => {
      const { key } = await world.newTenant();
      const receiver = await world.receiver(() => ({}));
      await world.webhook(key, receiver.url);
      const data = '{"a":9007199254740993,"b":1e400,"c":-0,"d":1.0}';
      expect(await world.publishRaw(key, eventOf(data))).toMatchObject({ status: 202 });
      const [request] = await receiver.waitFor(1, 10_000);
      expect(request?.body.toString()).toContain(`"data":${data}`);
    },
  },
  {
    row: 45,
    input: 'the same event id, the same body',
    expected: 'accepted again, delivered once',
    check: async (world) => {
      const { key } = await world.newTenant();
      const receiver = await world.receiver(() => ({}));
      await world.webhook(key, receiver.url);
      const event = { id: 'once', type: 'a.b', data: {} };
      const answers = await Promise.all(
        [1, 2, 3].map(() => world.open.must<{ status: string }>('POST', '/events', event, key)),
      );
      expect(answers.filter(({ status }) => status === 'duplicate').length).toBeGreaterThanOrEqual(2);
      await world.open.must('POST', '/events', { id: 'last', type: 'a.b', data: {} }, key);
      await eventually(() => {
        const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
        expect(new Set(ids)).toEqual(new Set(['last', 'once']));
        expect(ids).toHaveLength(2);
      }, 10_000);
    },
  },
  {
    row: 46,
    input: 'the same event id, or Idempotency-Key, with another body',
    expected:
      'the first content is delivered, the second told to be a copy; 422; two at once: one works, 409',
    check: async (world) => {
      const { key } = await world.newTenant();
      const receiver = await world.receiver(() => ({}));
      await world.webhook(key, receiver.url);
      const of = (n: number) => ({ id: 'same', type: 'a.b', data: { n } });
      expect(await world.open.must('POST', '/events', of(1), key)).toMatchObject({ status: 'accepted' });
      expect(await world.open.must('POST', '/events', of(2), key)).toMatchObject({ status: 'duplicate' });
      await world.delivery(key, 'same', 'delivered');
      expect(receiver.requests.map(({ body }) => JSON.parse(body.toString()).data)).toEqual([{ n: 1 }]);

      const base = world.open.urlFor('POST', '/webhooks');
      const create = (description: string, named: string) =>
        callApi<Partial<Problem & Webhook>>(base, {
          method: 'POST',
          path: '/webhooks',
          body: { url: receiver.url, description },
          key,
          headers: { 'idempotency-key': named },
        });
      const first = await create('one', 'k-1');
      const again = await create('one', 'k-1');
      expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
      const other = await create('another', 'k-1');
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
      const atOnce = await Promise.all(Array.from({ length: 8 }, () => create('one', 'k-2')));
      const ids = new Set(atOnce.flatMap(({ body }) => body.id ?? []));
      expect(ids.size).toBe(1);
      for (const { status, body } of atOnce) {
        if (status !== 201) expect([status, body.code]).toEqual([409, 'idempotency_key_in_use']);
      }
    },
  },
];
