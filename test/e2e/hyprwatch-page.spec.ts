import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { allDeliveries } from '../support/all-deliveries.ts';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

const PAGE = 'test/receivers/pages/seeds/hyprwatch.txt';
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const hostData = { host_id: 'h_abc123', hostname: 'server-01', platform: 'linux' };

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly secret?: string;
  readonly active: boolean;
  readonly status: string;
  readonly reason?: string;
  readonly created_at: string;
}

/** What the page shows of the answer, and what is added: nothing else. */
const documented = ['id', 'url', 'events', 'secret', 'active', 'created_at'];
const added = ['status', 'description', 'headers', 'limits'];

describe("the Hyprwatch page's API", () => {
  let engine: EngineUnderTest;
  /** The organisation's key, as the page's `hw_live_xxx`. */
  let key = '';
  let base = '';
  let status = 200;
  const server = new CustomerServer(() => status);

  beforeAll(async () => {
    engine = await openEngine('hyprwatch', { HYPERHOOK_TIME_SCALE: '0.0003' });
    base = await server.open();
    await engine.must('POST', '/tenants', { id: 'fleet', name: 'Fleet', contract: 'hyprwatch' });
    ({ key } = await engine.must<{ key: string }>('POST', '/keys', { name: 'fleet', tenant: 'fleet' }));
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await server.close();
  }, 180_000);

  const call = <T>(method: string, path: string, body?: unknown) => engine.call<T>(method, path, body, key);
  const must = <T>(method: string, path: string, body?: unknown) => engine.must<T>(method, path, body, key);

  it('gives keys that look like those of the page', () => {
    expect(key).toMatch(/^hw_live_/);
  });

  it('answers the curl line of the page, word for word but for host and key, with the documented fields', async () => {
    const page = await readFile(PAGE, 'utf8');
    const [line = ''] = /curl -X POST [^]*?}'/.exec(page) ?? [];
    expect(line).toContain('https://hyprwatch.cloud/api/v1/webhooks');
    const ours = line
      .replace('https://hyprwatch.cloud', engine.urlFor('POST', '/webhooks'))
      .replace('hw_live_xxx', key);
    const { code, body } = hasCurl ? await curl(ours) : await asCurlWould(ours);
    expect(code).toBe(201);
    const webhook = JSON.parse(body) as Webhook;
    expect(Object.keys(webhook).toSorted()).toEqual([...documented, ...added].toSorted());
    expect(webhook).toMatchObject({
      id: expect.stringMatching(/^wh_[A-Za-z0-9_-]+$/),
      url: 'https://your-app.com/webhook',
      events: ['host.enrolled', 'host.online', 'host.offline'],
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      active: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    await must('DELETE', `/webhooks/${webhook.id}`);
  });

  it('lists, shows, updates, rotates and deletes', async () => {
    const made = await must<Webhook>('POST', '/webhooks', { url: `${base}/life`, events: ['host.offline'] });
    const { secret, ...shown } = made;
    const path = `/webhooks/${made.id}`;

    expect((await must<{ data: Webhook[] }>('GET', '/webhooks')).data).toEqual([shown]);
    expect(await must('GET', path)).toEqual({ ...shown, held: 0, deliveries: { data: [], next: null } });

    const changes = { url: `${base}/moved`, events: ['host.online'], active: false };
    const changed = await must<Webhook>('PATCH', path, changes);
    expect(changed).toEqual({ ...shown, ...changes, status: 'off' });
    expect(await must('PUT', path, { active: true })).toEqual({ ...changed, active: true, status: 'active' });

    await must('POST', '/events', { type: 'host.online', data: hostData });
    await eventually(() => expect(server.at('/moved')).toHaveLength(1));
    const rotated = await must<Webhook>('POST', `${path}/rotate-secret`, {});
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    const withHistory = await eventually(async () => {
      const found = await must<{ deliveries: { data: object[] } }>('GET', path);
      expect(found.deliveries.data).toHaveLength(1);
      return found;
    });
    expect(withHistory.deliveries.data[0]).toMatchObject({
      type: 'host.online',
      status: 'delivered',
      attempts: 1,
      last_status_code: 200,
    });
    expect(withHistory).not.toHaveProperty('secret');

    expect(await call('DELETE', path)).toEqual({ status: 204, body: undefined });
    expect((await call('GET', path)).status).toBe(404);
  });

  describe('after five failed attempts', () => {
    const names = ['release', 'discard', 'keep', 'patch'] as const;
    const webhooks = new Map<string, Webhook>();
    const pathOf = (name: string): string => `/webhooks/${webhooks.get(name)?.id}`;
    const statesOf = async (name: string): Promise<Record<string, string>> => {
      const all = await allDeliveries(engine, `webhook=${webhooks.get(name)?.id}`, key);
      return Object.fromEntries(all.filter(({ test }) => !test).map((one) => [one.event_id, one.status]));
    };

    beforeAll(async () => {
      status = 500;
      for (const name of names) {
        webhooks.set(name, await must<Webhook>('POST', '/webhooks', { url: `${base}/${name}` }));
      }
      await must('POST', '/events', { id: 'evt_bad', type: 'host.online', data: hostData });
    });

    it.each(names)('the webhook "%s" is marked as failed and disabled', async (name) => {
      await eventually(async () => {
        expect(await must('GET', pathOf(name))).toMatchObject({
          active: false,
          status: 'failed',
          reason: 'attempts_exhausted',
        });
      }, 30_000);
      expect(server.at(`/${name}`).filter(({ body }) => body.includes('evt_bad'))).toHaveLength(5);
    });

    it('events that come meanwhile are held', async () => {
      for (const id of ['evt_1', 'evt_2']) {
        await must('POST', '/events', { id, type: 'host.offline', data: hostData });
      }
      await eventually(async () => {
        for (const name of names) {
          expect(await statesOf(name)).toEqual({ evt_bad: 'failed', evt_1: 'held', evt_2: 'held' });
        }
      });
    });

    it('a test event goes there all the same, and changes nothing of its state', async () => {
      const test = () =>
        must<{ status: string; status_code: number }>('POST', `${pathOf('keep')}/test`, {
          type: 'host.enrolled',
        });
      const before = server.at('/keep').length;
      expect(await test()).toMatchObject({ status: 'failed', status_code: 500 });
      status = 200;
      const mended = await eventually(test);
      expect(mended).toMatchObject({ status: 'delivered', status_code: 200 });
      const tests = server.at('/keep').slice(before);
      expect(tests.map((one) => (JSON.parse(one.body.toString()) as { event: string }).event)).toEqual([
        'host.enrolled',
        'host.enrolled',
      ]);
      expect(await must('GET', pathOf('keep'))).toMatchObject({ status: 'failed', active: false });
      expect(await statesOf('keep')).toEqual({ evt_bad: 'failed', evt_1: 'held', evt_2: 'held' });
    });

    it.each([
      ['release', 'delivered'],
      ['discard', 'cancelled'],
      ['keep', 'held'],
    ])('enabling with held: %s leaves what was held %s', async (name, end) => {
      const enabled = await must<Webhook>('POST', `${pathOf(name)}/enable`, { held: name });
      expect(enabled).toMatchObject({ active: true, status: 'active' });
      await must('POST', '/events', { id: `evt_after-${name}`, type: 'host.online', data: hostData });
      await eventually(async () => {
        expect(await statesOf(name)).toMatchObject({
          evt_bad: 'failed',
          evt_1: end,
          evt_2: end,
          [`evt_after-${name}`]: 'delivered',
        });
      });
      const held = server.at(`/${name}`).filter(({ body }) => /evt_[12]"/.test(body.toString()));
      expect(held).toHaveLength(end === 'delivered' ? 2 : 0);
    });

    it('PATCH with active: true enables it, and releases what was held', async () => {
      expect(await must('PATCH', pathOf('patch'), { active: true })).toMatchObject({
        active: true,
        status: 'active',
      });
      await eventually(async () => {
        const { evt_bad: bad, ...others } = await statesOf('patch');
        expect(bad).toBe('failed');
        expect(new Set(Object.values(others))).toEqual(new Set(['delivered']));
      });
    });
  });
});

async function curl(line: string): Promise<{ code: number; body: string }> {
  // The page's line, and after it what makes curl say the status.
  const { stdout } = await promisify(execFile)('bash', ['-c', `${line} -sS -w '\\n%{http_code}'`]);
  const at = stdout.lastIndexOf('\n');
  return { code: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) };
}

/** Where there is no curl: method, address, headers and body as its line says. */
async function asCurlWould(line: string): Promise<{ code: number; body: string }> {
  const [, method = '', url = ''] = /-X (\S+) (\S+)/.exec(line) ?? [];
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  const [, body = ''] = /-d '([^]*)'/.exec(line) ?? [];
  const response = await fetch(url, { method, headers: Object.fromEntries(headers), body });
  return { code: response.status, body: await response.text() };
}
