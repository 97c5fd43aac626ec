import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogRecord } from '#log';
import { eventually } from '#testkit';
import { unpacked } from '../../libs/read-model/src/values/packed-values.ts';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest, Query } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';
import { foundIn, tracesOf } from '../support/secret-traces.ts';

interface Delivered {
  readonly id: string;
  readonly status: string;
  readonly test: boolean;
}

interface Webhook {
  readonly id: string;
  readonly secret: string;
}

const random = (): string => randomBytes(24).toString('hex');
const sealingKey = randomBytes(32).toString('base64');
/** What only the owner may know, by what it is. */
const secrets = new Map<string, string>([['sealing key', sealingKey]]);
/** What is no secret, and must be found wherever the whole is looked through. */
const open = new Map([
  ['description', `described-${random()}`],
  ['data', `published-${random()}`],
]);

/** Of a whole installation that was used in every way that has to do with secrets. */
interface Remains {
  readonly records: readonly LogRecord[];
  /** Every row of every table, as text, with what is packed taken apart; by table. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly written: string;
  readonly answers: readonly string[];
}

describe('what an installation leaves behind', () => {
  const server = new CustomerServer(({ path }) => ({ '/ok': 200, '/down': 500, '/gone': 410 })[path] ?? 404);
  let engine: EngineUnderTest;
  let remains: Remains;

  beforeAll(async () => {
    const url = await server.open();
    engine = await openEngine('nothing-secret', {
      HYPERHOOK_LOG_LEVEL: 'debug',
      HYPERHOOK_SECRET_KEYS: `k1:${sealingKey}`,
    });
    const answers = await useEverything(engine, url, server);
    await engine.stop();
    const records = await engine.records();
    const rows = await engine.withTables(readRows);
    remains = { records, rows, written: engine.written, answers };
  }, 240_000);

  afterAll(async () => {
    await engine?.remove();
    await server.close();
  }, 120_000);

  it('has every kind of secret in it that there is', () => {
    expect([...secrets.keys()].sort()).toEqual(
      [
        'declined secret',
        'first header',
        'key in a query',
        'made secret',
        'new tenant secret',
        'refused secret',
        'revoked key',
        'root key',
        'rotated secret',
        'sealing key',
        'second header',
        'supplied secret',
        'tenant key',
        'tenant secret',
      ].sort(),
    );
    // And each went to where it belongs: the receiver saw what only it may see.
    const seen = server.arrivals.map(({ headers }) => headers['authorization']);
    expect(seen).toContain(secrets.get('first header'));
    expect(seen).toContain(secrets.get('second header'));
  });

  it('is looked through as a whole: what is no secret is found in topics, tables and lines', () => {
    const topics = new Map<string, Set<string>>();
    for (const { topic, value, headers } of remains.records) {
      const found = foundIn(Buffer.concat([Buffer.from(JSON.stringify(headers)), value]), open);
      topics.set(topic, new Set([...(topics.get(topic) ?? []), ...found]));
    }
    expect([...(topics.get('control') ?? [])]).toEqual(['description']);
    expect([...(topics.get('events') ?? [])]).toEqual(['data']);
    expect([...(topics.get('deliveries') ?? [])]).toEqual(['data']);
    expect([...(topics.get('retry.16s') ?? [])]).toEqual(['data']);
    expect(topics.has('outcomes')).toBe(true);
    const inTable = (table: string) => foundIn((remains.rows.get(table) ?? []).join('\n'), open);
    expect(inTable('hyperhook.endpoints')).toEqual(['description']);
    expect(inTable('hyperhook.record_values')).toEqual(['data']);
    expect(remains.written.length).toBeGreaterThan(500);
  });

  it('finds a secret in each of its disguises, wherever it stands', () => {
    const name = 'supplied secret';
    const secret = secrets.get(name)!;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    for (const bytes of [Buffer.from(secret), key]) {
      for (let before = 0; before < 4; before += 1) {
        const text = Buffer.concat([randomBytes(before), bytes, randomBytes(5)]);
        for (const encoding of ['latin1', 'hex', 'base64', 'base64url'] as const) {
          expect(foundIn(Buffer.from(text.toString(encoding), 'latin1'), secrets)).toEqual([name]);
        }
      }
    }
    expect(foundIn(randomBytes(4_096), secrets)).toEqual([]);
  });

  it('no topic holds a secret in clear', () => {
    const found = remains.records.flatMap(({ topic, offset, key, headers, value }) =>
      [key ?? '', JSON.stringify(headers), value].flatMap((part) =>
        foundIn(part, secrets).map((name) => `${name} in ${topic} at ${offset}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it('no table holds a secret in clear', () => {
    const found = [...remains.rows].flatMap(([table, rows]) =>
      foundIn(rows.join('\n'), secrets).map((name) => `${name} in ${table}`),
    );
    expect(found).toEqual([]);
    expect(remains.rows.size).toBeGreaterThan(8);
  });

  it('no process writes a secret into its lines, at the lowest level', () => {
    const lines = remains.written.split('\n').filter((line) => foundIn(line, secrets).length > 0);
    expect(lines).toEqual([]);
  });

  it('no list, no page and no problem shows one', () => {
    const found = remains.answers.filter((answer) => foundIn(answer, secrets).length > 0);
    expect(found).toEqual([]);
  });
});

/** Answers what was read, and what was refused; what hands a secret over, once, is not among it. */
async function useEverything(
  engine: EngineUnderTest,
  url: string,
  server: CustomerServer,
): Promise<readonly string[]> {
  const answers: string[] = [];
  const noted = (name: string, value: string): string => {
    secrets.set(name, value);
    return value;
  };
  const read = async (path: string, key?: string): Promise<void> => {
    const { status, body } = await engine.call('GET', path, undefined, key);
    answers.push(`${path} ${status} ${JSON.stringify(body)}`);
  };
  const refused = async (method: string, path: string, body: unknown, key?: string): Promise<void> => {
    const answer = await engine.call(method, path, body, key);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    answers.push(`${method} ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  noted('root key', engine.rootKey);

  for (const id of ['plain', 'watch']) {
    const contract = id === 'plain' ? 'standard-webhooks' : 'hyprwatch';
    await engine.must('POST', '/tenants', { id, name: id, contract });
  }
  const secret = noted('tenant secret', `jwt-${random()}`);
  const attributes = { app: 'demo-app' };
  await engine.must('POST', '/tenants', {
    id: 'spell',
    name: 's',
    contract: 'hyperspell',
    attributes,
    secret,
  });
  const made = await engine.must<{ key: string }>('POST', '/keys', { name: 'k', tenant: 'plain' });
  const key = noted('tenant key', made.key);
  const gone = await engine.must<{ id: string; key: string }>('POST', '/keys', {
    name: 'r',
    tenant: 'plain',
  });
  noted('revoked key', gone.key);
  await engine.must('DELETE', `/keys/${gone.id}`);
  await refused('GET', '/webhooks', undefined, gone.key);
  await refused('GET', `/webhooks?api_key=${noted('key in a query', `hh_root_${random()}`)}`, undefined);

  const supplied = noted('supplied secret', `whsec_${randomBytes(32).toString('base64')}`);
  const description = open.get('description');
  const authorization = noted('first header', `Bearer ${random()}`);
  const ok = await engine.must<Webhook>(
    'POST',
    '/webhooks',
    { url: `${url}/ok`, secret: supplied, description, headers: { authorization } },
    key,
  );
  const down = await engine.must<Webhook>('POST', '/webhooks', { url: `${url}/down` }, key);
  noted('made secret', down.secret);
  await engine.must('POST', '/webhooks', { url: `${url}/gone` }, key);
  await engine.must('POST', '/webhooks?tenant=spell', { url: `${url}/ok` });
  const declined = noted('declined secret', `whsec_${random()}!`);
  await refused('POST', '/webhooks', { url: `${url}/ok`, secret: declined }, key);
  const bad = { url: `${url}/ok`, headers: { 'x-token': `${noted('refused secret', random())}\r\nx: y` } };
  await refused('POST', '/webhooks', bad, key);

  const data = { marker: open.get('data') };
  await engine.must('POST', '/events', { id: 'first', type: 'order.paid', data }, key);
  await eventually(() => expect(server.at('/ok')).toHaveLength(1), 30_000);
  const rotated = await engine.must<Webhook>(
    'POST',
    `/webhooks/${ok.id}/rotate-secret`,
    { grace_period_seconds: 600 },
    key,
  );
  noted('rotated secret', rotated.secret);
  const second = noted('second header', `Bearer ${random()}`);
  await engine.must('PATCH', `/webhooks/${ok.id}`, { headers: { authorization: second } }, key);
  await engine.must('PUT', '/tenants/spell/secret', {
    secret: noted('new tenant secret', `jwt-${random()}`),
  });
  await engine.must('POST', '/events', { id: 'second', type: 'order.paid', data }, key);
  await eventually(() => expect(server.at('/ok')).toHaveLength(2), 30_000);
  await engine.must('POST', `/webhooks/${ok.id}/test`, {}, key);

  // The history has all of it: every outcome that there will be for now.
  const list = () => engine.must<{ data: Delivered[] }>('GET', '/deliveries', undefined, key);
  await eventually(async () => {
    const { data: deliveries } = await list();
    expect(deliveries.filter(({ status }) => status === 'delivered').length).toBeGreaterThanOrEqual(2);
    expect(deliveries.map(({ status }) => status)).toContain('failed');
    expect(deliveries.length).toBeGreaterThanOrEqual(5);
  }, 30_000);
  const { data: deliveries } = await list();
  const delivered = deliveries.find(({ status, test }) => status === 'delivered' && !test);
  await engine.must('POST', `/deliveries/${delivered?.id}/retry`, undefined, key);
  await eventually(() => expect(server.at('/ok').length).toBeGreaterThanOrEqual(3), 30_000);
  for (const { id } of deliveries) await read(`/deliveries/${id}`, key);
  for (const path of ['/deliveries', '/events', '/events/first', '/webhooks', `/webhooks/${ok.id}`]) {
    await read(path, key);
  }
  for (const path of ['/tenants', '/tenants/spell', '/keys', '/webhooks', '/deliveries']) await read(path);
  const revealed = await engine.must<Webhook>('POST', `/webhooks/${ok.id}/reveal-secret`);
  expect(revealed).toMatchObject({ secret: rotated.secret, previous: [{ secret: supplied }] });
  await engine.must('POST', `/webhooks/${ok.id}/expire-old-secrets`, {}, key);
  await eventually(async () => {
    const { data: audited } = await engine.must<{ data: { type: string }[] }>(
      'GET',
      `/audit?subject=${ok.id}`,
    );
    expect(audited.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['endpoint.secret-expired', 'secret.revealed', 'endpoint.secret-rotated']),
    );
  }, 30_000);
  await read('/audit?limit=100');
  await engine.must('POST', `/webhooks/${down.id}/disable`, {}, key);
  await engine.must('DELETE', `/webhooks/${down.id}`, undefined, key);
  return answers;
}

async function readRows(query: Query): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const found = await query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    rows.set(
      name,
      found.map(({ row }) => row),
    );
  }
  const packed = await query<{ first: string; packing: number; packed: Buffer }>(
    'SELECT first_offset AS first, packing, packed FROM hyperhook.record_values',
  );
  const values = packed.flatMap(({ first, packing, packed: bytes }) =>
    unpacked(packing, Number(first), bytes).map(({ value }) => Buffer.from(value).toString('latin1')),
  );
  return rows.set('hyperhook.record_values', [...(rows.get('hyperhook.record_values') ?? []), ...values]);
}

// Every trace is long enough not to be met by chance.
it('traces are long', () => {
  for (const trace of tracesOf('a-secret-of-some-length')) expect(trace.length).toBeGreaterThan(20);
});
