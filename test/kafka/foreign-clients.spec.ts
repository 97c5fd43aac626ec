import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { allDeliveries } from '../support/all-deliveries.ts';
import { ConsoleClient, type ConsoleRecord, type GroupRow } from '../support/console-client.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { documentedHeaders } from '../support/documented-headers.ts';
import { SeparateEngine } from '../support/separate-engine.ts';

/** Five minutes in nine seconds; topics keep their names. */
const TIME_SCALE = 0.03;
const FIVE_MINUTES = 300_000 * TIME_SCALE;

const everyRecord = 'On every record';
const everyDelivery = 'Every record about a delivery';
/** Rows whose meaning says that they may be absent; and the three that go with `next-attempt`. */
const isConditional = ({ name, meaning }: { readonly name: string; readonly meaning: string }): boolean =>
  /absent|^with `|where the body was restamped/.test(meaning) || name.startsWith('next-');

describe("clients that know nothing of us: Kafka's console tools", () => {
  let engine: SeparateEngine;
  let tools: ConsoleClient;
  const arrivedAt = new Map<string, number[]>();
  const customer = new CustomerServer(({ path }) => {
    arrivedAt.set(path, [...(arrivedAt.get(path) ?? []), Date.now()]);
    if (path === '/gone') return 410;
    return path === '/well' ? 200 : 500;
  });
  const topic = (name: string): string => `${engine.processes.prefix}${name}`;

  beforeAll(async () => {
    engine = await SeparateEngine.open({ HYPERHOOK_TIME_SCALE: String(TIME_SCALE) });
    tools = new ConsoleClient(engine.processes.brokers);
    await engine.start();
    const base = await customer.open();
    const register = async (tenant: string, contract: string, path: string, more: object = {}) => {
      await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract, ...more });
      await engine.must('POST', `/webhooks?tenant=${tenant}`, { url: base + path });
    };
    await register('watch', 'hyprwatch', '/down');
    await register('gone', 'standard-webhooks', '/gone');
    await register('tune', 'hypertune', '/well');
    await register('spell', 'hyperspell', '/well', { attributes: { app: 'demo' }, secret: 'the-jwt-secret' });
    await engine.must('POST', '/tenants', { id: 'alone', name: 'alone', contract: 'standard-webhooks' });
    const publish = (tenant: string, type: string, data: object) =>
      engine.must<{ id: string }>('POST', '/events', { tenant, type, data });
    const host = { host_id: 'h_1', hostname: 'server-01', platform: 'linux' };
    await publish('watch', 'host.online', host);
    // Led to by another delivery, and traced: what such a publisher sends stands in the records.
    const led = await fetch(`${engine.urlFor('POST', '/events')}/api/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${engine.rootKey}`,
        'content-type': 'application/json',
        'x-hyperhook-hop': '1',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      },
      body: JSON.stringify({ tenant: 'gone', type: 'order.paid', data: { order: 1 } }),
    });
    expect(led.status).toBe(202);
    await publish('alone', 'order.paid', { order: 2 });
    await publish('tune', 'DEPLOYED', { n: 1 });
    const spell = { user_id: null, source: 'notion', resource_id: null };
    await publish('spell', 'index-completed', spell);
    const [old] = await eventually(async () => {
      const all = await allDeliveries(engine, 'tenant=spell');
      expect(all).toMatchObject([{ status: 'delivered' }]);
      return all;
    }, 60_000);
    await engine.must('POST', `/deliveries/${old?.id}/retry`, { restamp: true });
    await eventually(async () => {
      expect(arrivedAt.get('/well')).toHaveLength(3);
      const open = await allDeliveries(engine, 'status=pending');
      // It has been sent twice, and again after five minutes of contract time; half an hour is not waited for.
      expect(open).toMatchObject([{ attempts: 3, last_status_code: 500 }]);
    }, 60_000);
  }, 240_000);

  afterAll(async () => {
    await engine?.remove();
    await customer.close();
  }, 120_000);

  /** All that a topic holds, as the console consumer shows it. */
  const all = async (name: string): Promise<ConsoleRecord[]> => {
    const kafka = new Kafka({ brokers: [...engine.processes.brokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(topic(name));
    await admin.disconnect();
    const count = ends.reduce((sum, { offset }) => sum + Number(offset), 0);
    return tools.consume(topic(name), count);
  };

  // The first, while the delivery still waits for half an hour of contract time.
  it('kafka-consumer-groups shows how far the dispatcher is, what waits, and who has which partition', async () => {
    const group = topic('dispatcher');
    const of = (rows: readonly GroupRow[], name: string) =>
      rows.filter(({ TOPIC, LAG }) => TOPIC === topic(name) && LAG !== '-');
    const sum = (rows: readonly GroupRow[], column: string): number =>
      rows.reduce((total, row) => total + Number(row[column]), 0);
    const rows = await eventually(async () => {
      const found = await tools.describeGroup(group);
      // All five that were published are done with; what was waited for too, but for the one that waits now.
      expect(sum(of(found, 'events'), 'CURRENT-OFFSET')).toBe(5);
      expect(sum(of(found, 'events'), 'LAG')).toBe(0);
      expect(sum(of(found, 'retry.5m'), 'CURRENT-OFFSET')).toBe(1);
      return found;
    }, 60_000);
    expect(sum(of(rows, 'retry.5m'), 'LAG')).toBe(0);
    expect(
      rows.filter(({ TOPIC }) => TOPIC === topic('retry.30m')).map((row) => row['LOG-END-OFFSET']),
    ).toContain('1');
    const [member] = await tools.describeGroup(group, '--members');
    expect(member).toMatchObject({ GROUP: group, HOST: '/127.0.0.1', 'CLIENT-ID': 'hyperhook-dispatcher' });
    for (const row of rows) {
      expect(row).toMatchObject({
        'CONSUMER-ID': member?.['CONSUMER-ID'],
        'CLIENT-ID': 'hyperhook-dispatcher',
      });
    }
  }, 180_000);

  it('a waiting delivery has the headers that docs/headers.md says, its due time among them', async () => {
    const [record, ...more] = await all('retry.5m');
    expect(more).toEqual([]);
    const documented = await documentedHeaders(everyRecord, everyDelivery, '`retry.<tier>`');
    const names = Object.keys(record?.headers ?? {});
    expect(names.filter((name) => !documented.some((one) => one.name === name))).toEqual([]);
    const owed = documented.filter((one) => !isConditional(one)).map(({ name }) => name);
    expect(owed.filter((name) => !names.includes(name))).toEqual([]);

    const outcome = (await all('outcomes')).find(
      ({ headers }) =>
        headers['delivery-id'] === record?.headers['delivery-id'] && headers['next-attempt'] === '3',
    );
    const dueAt = Number(record?.headers['due-at']);
    expect(record).toMatchObject({ timestampType: 'LogAppendTime', key: 'watch' });
    expect(record?.headers).toMatchObject({
      ce_type: 'hyperhook.delivery.waiting',
      ce_time: new Date(dueAt).toISOString(),
      attempt: '3',
      hops: '',
      'due-at': outcome?.headers['next-due-at'],
    });
    // Five minutes after the attempt that failed; the record itself came a moment after that.
    expect(Math.abs(dueAt - Number(outcome?.headers['at']) - FIVE_MINUTES)).toBeLessThanOrEqual(2);
    expect(dueAt - Number(record?.timestamp)).toBeLessThanOrEqual(FIVE_MINUTES);
    const third = arrivedAt.get('/down')?.[2] ?? 0;
    expect(third).toBeGreaterThanOrEqual(dueAt);
    expect(record?.value).toBe(customer.at('/down')[2]?.body.toString());
  }, 180_000);

  it('outcomes have the headers that docs/headers.md says, each of them somewhere', async () => {
    const records = await all('outcomes');
    const documented = await documentedHeaders(everyRecord, everyDelivery, '`outcomes`');
    const known = documented.map(({ name }) => name);
    const owed = documented.filter((one) => !isConditional(one)).map(({ name }) => name);
    const seen = new Set<string>();
    for (const { headers } of records) {
      const names = Object.keys(headers);
      for (const name of names) seen.add(name);
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
      const kind = headers['outcome'] === 'unmatched' ? 'event' : 'delivery';
      expect(headers['ce_type']).toBe(`hyperhook.${kind}.${headers['outcome']}`);
      if (headers['outcome'] === 'unmatched') continue;
      expect(owed.filter((name) => !names.includes(name))).toEqual([]);
      const isRetry = headers['outcome'] === 'retry';
      for (const next of ['next-attempt', 'next-step', 'next-due-at', 'next-hops']) {
        expect([next, names.includes(next)]).toEqual([next, isRetry]);
      }
    }
    const kinds = new Set(records.map(({ headers }) => headers['outcome']));
    expect(kinds).toEqual(new Set(['delivered', 'failed', 'retry', 'unmatched']));
    expect(known.filter((name) => !seen.has(name))).toEqual([]);
    const unmatched = records.find(({ headers }) => headers['outcome'] === 'unmatched');
    const own = ['tenant', 'event-id', 'event-type', 'event-offset', 'at', 'outcome'];
    const common = (await documentedHeaders(everyRecord)).map(({ name }) => name);
    expect(Object.keys(unmatched?.headers ?? {}).toSorted()).toEqual([...own, ...common].toSorted());
  }, 180_000);
});
