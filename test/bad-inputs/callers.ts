import { expect } from '@jest/globals';
import { eventually } from '#testkit';
import { callApi } from '../support/api-call.ts';
import type { BadInput, Problem } from './world.ts';

/** Who asks, and for what that is not theirs. */
export const callers: readonly BadInput[] = [
  {
    row: 47,
    input: 'ids of another tenant',
    expected: '404, exactly like ids of nobody',
    check: async (world) => {
      const [one, two] = [await world.newTenant(), await world.newTenant()];
      const receiver = await world.receiver(() => ({}));
      const webhook = await world.webhook(one.key, receiver.url);
      const event = await world.publish(one.key, { id: 'of-one' });
      const { id: delivery } = await world.delivery<{ id: string; status: string }>(
        one.key,
        event,
        'delivered',
      );
      const paths = [`/webhooks/${webhook}`, `/events/${event}`, `/deliveries/${delivery}`];
      for (const path of paths) {
        const mine = await world.open.call('GET', path, undefined, one.key);
        const foreign = await world.open.call<Problem>('GET', path, undefined, two.key);
        expect([mine.status, foreign.status, foreign.body.code]).toEqual([200, 404, 'not_found']);
      }
      const act = await world.open.call('POST', `/deliveries/${delivery}/retry`, undefined, two.key);
      expect(act.status).toBe(404);
    },
  },
  {
    row: 48,
    input: 'a tenant named in body, query and header',
    expected: 'refused where it is another, unknown names are told, headers say nothing',
    check: async (world) => {
      const [one, two] = [await world.newTenant(), await world.newTenant()];
      const event = { type: 'a.b', data: {} };
      const call = (body: object) => world.open.call('POST', '/events', body, one.key);
      expect((await call({ ...event, tenant_id: two.tenant })).status).toBe(422);
      expect((await call({ ...event, tenant: two.tenant })).status).toBe(404);
      expect(
        (await world.open.call('GET', `/webhooks?tenant=${two.tenant}`, undefined, one.key)).status,
      ).toBe(404);
      const headers = { 'x-tenant': two.tenant, 'x-tenant-id': two.tenant };
      const body = JSON.stringify({ ...event, id: 'by-header' });
      expect(await world.publishRaw(one.key, body, headers)).toMatchObject({ status: 202 });
      await eventually(async () => {
        expect((await world.open.call('GET', '/events/by-header', undefined, one.key)).status).toBe(200);
      }, 10_000);
      expect((await world.open.call('GET', '/events/by-header', undefined, two.key)).status).toBe(404);
    },
  },
  {
    row: 49,
    input: 'a cursor that was altered, or is of another list',
    expected: '400',
    check: async (world) => {
      const { key } = await world.newTenant();
      for (const id of ['one', 'two']) await world.publish(key, { id });
      const cursor = await eventually(async () => {
        const page = await world.open.must<{ next: string | null }>('GET', '/events?limit=1', undefined, key);
        expect(page.next).not.toBeNull();
        return page.next!;
      }, 10_000);
      expect((await world.open.call('GET', `/events?after=${cursor}`, undefined, key)).status).toBe(200);
      const altered = [`/events?after=${cursor}x`, `/events?after=x`, `/deliveries?after=${cursor}`];
      for (const path of altered) {
        const answer = await world.open.call<Problem>('GET', path, undefined, key);
        expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'invalid_cursor']);
      }
    },
  },
  {
    row: 50,
    input: 'SQL, NoSQL and LDAP in every text',
    expected: 'stored and shown as text; as a filter it finds nothing',
    check: async (world) => {
      const { key } = await world.newTenant();
      for (const text of [
        `'; DROP TABLE deliveries; --`,
        '{"$gt":""}',
        '*)(uid=*))(|(uid=*',
        '${jndi:ldap://x}',
      ]) {
        const description = text;
        const made = await world.open.must<{ id: string }>(
          'POST',
          '/webhooks',
          { url: 'https://example.com/', description },
          key,
        );
        const read = await world.open.must('GET', `/webhooks/${made.id}`, undefined, key);
        expect(read).toMatchObject({ description });
        for (const name of ['type', 'webhook', 'event']) {
          const path = `/deliveries?${name}=${encodeURIComponent(text)}`;
          expect(await world.open.must('GET', path, undefined, key)).toMatchObject({ data: [] });
        }
      }
      expect(await world.open.must('GET', '/deliveries', undefined, key)).toMatchObject({ data: [] });
    },
  },
  {
    row: 51,
    input: 'keys that are revoked, expired, of another scope, in the query',
    expected: '401, 401, 403, 401',
    check: async (world) => {
      const { tenant } = await world.newTenant();
      const make = (more: object) =>
        world.open.must<{ id: string; key: string }>('POST', '/keys', { name: 'k', tenant, ...more });
      const revoked = await make({});
      await world.open.must('DELETE', `/keys/${revoked.id}`);
      const expired = await make({ expires_at: new Date(Date.now() + 500).toISOString() });
      const reading = await make({ scopes: ['events:read'] });
      const codeOf = async (key: string, path = '/webhooks') => {
        const { status, body } = await world.open.call<Partial<Problem>>('GET', path, undefined, key);
        return `${status} ${body.code ?? ''}`;
      };
      expect(await codeOf(revoked.key)).toBe('401 unknown_key');
      await eventually(async () => expect(await codeOf(expired.key)).toBe('401 expired_key'));
      expect(await codeOf(reading.key)).toBe('403 missing_scope');
      const url = `${world.open.urlFor('GET', '/webhooks')}/api/v1/webhooks?key=${world.open.rootKey}`;
      const answer = await fetch(url);
      expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([401, 'missing_key']);
    },
  },
  {
    row: 52,
    input: 'keys guessed by their timing',
    expected: 'a key is looked up by its hash: one that is nearly right tells no more than any other',
    check: async (world) => {
      const { key } = await world.newTenant();
      const near = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
      const answers = await Promise.all(
        [near, key.slice(0, -1), `hh_${'x'.repeat(40)}`].map((guess) =>
          world.open.call<Problem>('GET', '/webhooks', undefined, guess),
        ),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.code} ${body.detail}`)).size).toBe(
        1,
      );
      expect(answers[0]?.status).toBe(401);
    },
  },
  {
    row: 53,
    input: 'a form posted from another site, a frame',
    expected:
      'refused: a key in a header is the only credential, no site is let in, and no cookie is ever set',
    check: async (world) => {
      const url = `${world.open.urlFor('POST', '/webhooks')}/api/v1/webhooks`;
      const form = await fetch(url, {
        method: 'POST',
        headers: { origin: 'https://evil.example', cookie: `key=${world.open.rootKey}` },
        body: new URLSearchParams({ url: 'https://evil.example/' }),
      });
      // What a form can send without asking first is no JSON; and with JSON a cookie is no credential.
      expect(form.status).toBe(415);
      const cookie = { cookie: `key=${world.open.rootKey}`, 'content-type': 'application/json' };
      const json = await fetch(url, { method: 'POST', headers: cookie, body: '{}' });
      expect(json.status).toBe(401);
      const { key } = await world.newTenant();
      const typed = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: new URLSearchParams({ url: 'https://evil.example/' }),
      });
      expect(typed.status).toBe(415);
      const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
      const preflight = await fetch(url, { method: 'OPTIONS', headers: asked });
      for (const answer of [form, json, typed, preflight]) {
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(answer.headers.get('set-cookie')).toBeNull();
      }
    },
  },
  {
    row: 54,
    input: 'one tenant asks for hundreds of deliveries again, one by one and by a job',
    expected:
      'each is a chain of its own; a job keeps its rate and can be cancelled; others are served as ever',
    check: async (world) => {
      const [greedy, quiet] = [await world.newTenant(), await world.newTenant()];
      const slow = await world.receiver(() => ({ delayMs: 100 }));
      const calm = await world.receiver(() => ({}));
      await world.webhook(greedy.key, slow.url);
      await world.webhook(quiet.key, calm.url);
      const event = await world.publish(greedy.key);
      const { id } = await world.delivery<{ id: string; status: string }>(greedy.key, event, 'delivered');
      const retry = () =>
        world.open.must<{ chain: number }>('POST', `/deliveries/${id}/retry`, {}, greedy.key);
      const asked = await Promise.all(Array.from({ length: 200 }, retry));
      expect(new Set(asked.map(({ chain }) => chain)).size).toBe(200);
      const began = performance.now();
      await world.publish(quiet.key);
      await calm.waitFor(1, 10_000);
      expect(performance.now() - began).toBeLessThan(3_000);
      await slow.waitFor(201, 20_000);

      for (let n = 0; n < 30; n += 1) await world.publish(greedy.key);
      await slow.waitFor(231, 20_000);
      const job = { what: 'deliveries', filter: { type: 'thing.happened', status: ['delivered'] }, rate: 2 };
      interface Replay {
        readonly id: string;
        readonly state: string;
        readonly asked: number;
        readonly total: number;
      }
      const { id: replay } = await eventually(async () => {
        const planned = await world.open.must<{ total: number }>(
          'POST',
          '/replays',
          { ...job, dry_run: true },
          greedy.key,
        );
        expect(planned.total).toBeGreaterThan(30);
        return world.open.must<Replay>('POST', '/replays', job, greedy.key);
      }, 20_000);
      await slow.waitFor(232, 20_000);
      await world.publish(quiet.key);
      await calm.waitFor(2, 10_000);
      const ended = await world.open.must<Replay>('POST', `/replays/${replay}/cancel`, {}, greedy.key);
      expect(ended).toMatchObject({ state: 'cancelled' });
      // At its rate it would have needed a quarter of a minute.
      expect(ended.asked).toBeLessThan(ended.total);
    },
  },
  {
    row: 55,
    input: 'the test button, held down',
    expected: '429, and when to try again',
    check: async (world) => {
      const { key } = await world.newTenant(world.open, 'hyprwatch');
      const receiver = await world.receiver(() => ({}));
      const id = await world.webhook(key, receiver.url);
      const press = () =>
        callApi<Partial<Problem>>(world.open.urlFor('POST', ''), {
          method: 'POST',
          path: `/webhooks/${id}/test`,
          body: {},
          key,
        });
      const answers = await Promise.all(Array.from({ length: 14 }, press));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(4);
      for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    },
  },
];
