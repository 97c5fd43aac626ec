import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startKafka, type KafkaForTests } from '#testkit';
import { LogError } from '#log';
import { kafkaAt, OtherTeam, SharedLog, UpstreamCopy } from './testing/started-upstream.ts';

let kafka: KafkaForTests;
let team: OtherTeam;
let count = 0;

/** A topic of its own for each test. */
const nextTopic = () => `team-${process.pid}-${(count += 1)}`;
const opened = async () => {
  const shared = new SharedLog();
  await shared.open();
  return shared;
};
const json = (topic: string, more: object = {}) => ({
  topic,
  format: 'json',
  tenant: { value: 'acme' },
  type: { value: 'thing.made' },
  ...more,
});
const cloud = (topic: string, more: object = {}) => ({
  topic,
  format: 'cloudevents',
  tenant: { header: 'ce_tenant' },
  ...more,
});
const numbered = (from: number, to: number, partition = 0) =>
  Array.from({ length: to - from }, (_, at) => ({ partition, value: JSON.stringify({ n: from + at }) }));
const textOf = (event: { readonly body: Uint8Array }) => Buffer.from(event.body).toString('utf8');
const numberOf = (event: { readonly body: Uint8Array }): number => JSON.parse(textOf(event)).data.n;
const numbersOf = async (shared: SharedLog) =>
  [...new Set((await shared.events()).map(numberOf))].sort((a, b) => a - b);
const upTo = (end: number) => Array.from({ length: end }, (_, at) => at);

describe('topics of other teams', () => {
  beforeAll(async () => {
    const properties = { 'transaction.state.log.min.isr': '1' };
    kafka = await startKafka({ properties });
    team = new OtherTeam(kafkaAt(kafka.brokers));
  }, 90_000);
  afterAll(() => kafka?.stop());

  it('become events: CloudEvents of both modes and plain JSON, as their producers wrote them', async () => {
    const [events, orders] = [nextTopic(), nextTopic()];
    await team.createTopic(events);
    await team.createTopic(orders);
    await team.write(events, [
      {
        headers: {
          ce_specversion: '1.0',
          ce_id: 'evt-1',
          ce_source: '/crm',
          ce_type: 'lead.made',
          ce_time: '2026-11-20T10:00:00Z',
          ce_tenant: 'acme',
          'content-type': 'application/json',
        },
        value: '{"10": 1.50, "2": 1e3}',
      },
      {
        headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
        value:
          '{"specversion":"1.0","id":"evt-2","source":"/crm","type":"lead.made","tenant":"acme","data":{"b":1.0,"a":2}}',
      },
    ]);
    await team.write(orders, [{ value: '{"no":"o-1","account":{"id":"acme"},"payload":{"total":12.00}}' }]);
    const shared = await opened();
    const sources = [
      cloud(events),
      json(orders, { tenant: { field: '/account/id' }, id: { field: '/no' }, data: { field: '/payload' } }),
    ];
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), sources);
    const found = await eventually(async () => {
      const all = await shared.events();
      expect(all).toHaveLength(3);
      return all;
    }, 20_000);
    const byId = new Map(found.map((event) => [event.eventId, event]));
    expect([...byId.keys()].slice(0, 3).sort()).toEqual(['evt-1', 'evt-2', 'o-1']);
    expect(byId.get('evt-1')).toMatchObject({
      eventType: 'lead.made',
      tenantId: 'acme',
      occurredAt: Date.parse('2026-11-20T10:00:00Z'),
    });
    expect(textOf(byId.get('evt-1')!)).toContain('{"10":1.50,"2":1e3}');
    expect(textOf(byId.get('evt-2')!)).toContain('{"b":1.0,"a":2}');
    expect(textOf(byId.get('o-1')!)).toContain('{"total":12.00}');
    expect(copy.upstream.health()).toBeUndefined();
  }, 40_000);

  it('go on behind poison, which is quarantined with its place and the reason', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    await team.write(
      topic,
      [
        { value: '{"n":0}' },
        { value: Buffer.from([0xff, 0xfe, 0x00]) },
        { value: '['.repeat(100_000) },
        { value: null },
        { headers: { tenant: 'nobody' }, value: '{"n":9}' },
        { headers: { tenant: 'free' }, value: '{"n":9}' },
        { headers: { tenant: 'watch' }, value: '{"n":9}' },
        { headers: { tenant: ['acme', 'watch'] }, value: '{"n":9}' },
        { value: '{"n":1}' },
      ].map((one) => ({ headers: { tenant: 'acme' }, ...one })),
    );
    const shared = await opened();
    const source = json(topic, { tenant: { header: 'Tenant' } });
    const group = nextTopic();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, group, [source]);
    await eventually(
      async () => expect(await team.committed(`${group}.${topic}`, topic)).toEqual([9]),
      20_000,
    );
    expect(await numbersOf(shared)).toEqual([0, 1]);
    const found = (await shared.quarantined()).sort((a, b) => a.offset - b.offset);
    expect(found.every((one) => one.topic === topic && one.partition === 0)).toBe(true);
    expect(found.map(({ offset, reason }) => [offset, reason])).toEqual([
      [1, expect.stringContaining('value: invalid_utf8')],
      [2, expect.stringContaining('value: too_deep')],
      [4, expect.stringContaining('no tenant "nobody"')],
      [5, expect.stringContaining('not_entitled')],
      [6, expect.stringContaining('the contract refuses it: /type')],
      [7, expect.stringContaining('header tenant: is there 2 times')],
    ]);
    expect(await copy.metrics.text()).toContain(
      `hyperhook_upstream_records_total{topic="${topic}",result="tombstone"} 1`,
    );
    expect(copy.logged.join('')).not.toContain('{\\"n\\"');
  }, 40_000);

  it('of a tenant over its quota are slowed down, and none is lost or quarantined', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    await team.write(topic, numbered(0, 60));
    const shared = await opened();
    const limits = { maxEndpoints: null, eventsPerSecond: 30, maxPayloadBytes: null };
    await shared.addTenant('slow', 'standard-webhooks', true, { limits });
    const source = json(topic, { tenant: { value: 'slow' } });
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [source]);
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(60)), 20_000);
    const at = (await shared.events()).map((event) => event.acceptedAt).sort((a, b) => a - b);
    // The first second's worth at once, the rest at the rate.
    expect(at.at(-1)! - at[0]!).toBeGreaterThanOrEqual(900);
    expect(await shared.quarantined()).toEqual([]);
    expect(copy.crashes).toEqual([]);
  }, 40_000);

  it.each(['gzip', 'snappy', 'lz4', 'zstd', 'uncompressed'])(
    'are read where their batches are compressed: %s',
    async (codec) => {
      const topic = nextTopic();
      // The broker packs them anew, with the code that Java's clients use.
      await team.createTopic(topic, 1, { 'compression.type': codec });
      const texts = upTo(300).map((n) => ({
        n,
        repeated: 'round and round '.repeat(n % 50),
        odd: String(Math.sin(n + 1)),
        long: n === 150 ? Array.from({ length: 9_000 }, (_, at) => Math.cos(at)).join() : '',
      }));
      await team.write(
        topic,
        texts.map((one) => ({ partition: 0, value: JSON.stringify(one) })),
      );
      const shared = await opened();
      await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [json(topic)]);
      await eventually(async () => expect(await shared.events()).toHaveLength(300), 20_000);
      const found = (await shared.events()).map((event) => JSON.parse(textOf(event)).data);
      expect(found).toEqual(texts);
      expect(copy.crashes).toEqual([]);
    },
    40_000,
  );

  it('find the tenant that was created a moment ago', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    const shared = await opened();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [
      json(topic, { tenant: { field: '/t' } }),
    ]);
    await shared.addTenant('newcomer', 'standard-webhooks');
    await team.write(topic, [{ value: '{"t":"newcomer","n":0}' }]);
    await eventually(async () => expect(await shared.events()).toHaveLength(1), 20_000);
    expect(copy.crashes).toEqual([]);
  }, 40_000);

  it('lose nothing while the log refuses, and are told to be wrong by nobody', async () => {
    const topic = nextTopic();
    await team.createTopic(topic, 2);
    const shared = await opened();
    const group = nextTopic();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    for (let at = 0; at < 12; at += 1) {
      const error = new LogError('log_unavailable', 'away (asked for by a test)');
      shared.store.failNextAppend({ error, written: at % 4 === 3 });
    }
    await team.write(topic, [...numbered(0, 100, 0), ...numbered(100, 200, 1)]);
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(200)), 20_000);
    await eventually(async () =>
      expect(await team.committed(`${group}.${topic}`, topic)).toEqual([100, 100]),
    );
    expect(await shared.quarantined()).toEqual([]);
    expect(copy.crashes).toEqual([]);
  }, 60_000);

  it('commit nothing that is not durable, and stop cleanly while the log is away', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    const shared = await opened();
    const group = nextTopic();
    const first = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    const release = shared.store.stall();
    await team.write(topic, numbered(0, 10));
    await eventually(async () =>
      expect(await first.metrics.text()).toMatch(/hyperhook_upstream_alerts_total\{.*log_refused.*\} [1-9]/),
    );
    await first[Symbol.asyncDispose]();
    expect(await team.committed(`${group}.${topic}`, topic)).toEqual([-1]);
    release();
    await using second = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(10)), 20_000);
    expect(second.crashes).toEqual([]);
    // What the first copy had under way was written as well: with the same ids (P10).
    const ids = (await shared.events()).map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(10);
  }, 60_000);

  it('are read again from another group with the same ids', async () => {
    const topic = nextTopic();
    await team.createTopic(topic, 2);
    await team.write(topic, [...numbered(0, 5, 0), ...numbered(5, 10, 1)]);
    const shared = await opened();
    for (const rounds of [1, 2]) {
      await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [json(topic)]);
      await eventually(async () => expect(await shared.events()).toHaveLength(10 * rounds), 20_000);
      expect(copy.crashes).toEqual([]);
    }
    const events = await shared.events();
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(10);
    expect(new Set(events.map(textOf)).size).toBe(10);
  }, 60_000);

  it('give nothing of a transaction that was aborted, and all of one that was committed', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    await team.transact(topic, numbered(100, 110), 'abort');
    await team.transact(topic, numbered(0, 5), 'commit');
    await team.transact(topic, numbered(200, 210), 'abort');
    await team.write(topic, numbered(5, 8));
    const shared = await opened();
    const group = nextTopic();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(8)), 20_000);
    await team.transact(topic, numbered(300, 310), 'abort');
    await team.write(topic, numbered(8, 9));
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(9)), 20_000);
    await eventually(async () =>
      expect(await copy.metrics.text()).toContain(`hyperhook_upstream_lag_records{topic="${topic}"} 0`),
    );
  }, 60_000);

  it('are shared by two copies; one stops, and nothing is lost', async () => {
    const topic = nextTopic();
    await team.createTopic(topic, 4);
    const shared = await opened();
    const group = nextTopic();
    const first = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    await using second = await UpstreamCopy.start(shared, kafka.brokers, group, [json(topic)]);
    const part = (round: number) =>
      [0, 1, 2, 3].flatMap((p) => numbered(round * 400 + p * 100, round * 400 + p * 100 + 100, p));
    const bothJoined = (copy: UpstreamCopy) =>
      expect(copy.logged.filter((line) => line.includes('upstream.joined')).at(-1)).toMatch(
        /"partitions":\[\d,\d\]/,
      );
    await eventually(() => [first, second].forEach(bothJoined), 30_000);
    await team.write(topic, part(0));
    await team.write(topic, part(1));
    await first[Symbol.asyncDispose]();
    await team.write(topic, part(2));
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(1_200)), 30_000);
    await eventually(async () =>
      expect(await team.committed(`${group}.${topic}`, topic)).toEqual([300, 300, 300, 300]),
    );
    // A stop is no crash: what the first had read it had committed.
    expect(await shared.events()).toHaveLength(1_200);
    expect(second.crashes).toEqual([]);
  }, 90_000);

  it('are waited for where they do not exist yet, while others go on; new partitions are found', async () => {
    const [there, later] = [nextTopic(), nextTopic()];
    await team.createTopic(there);
    const shared = await opened();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [
      json(later),
      json(there),
    ]);
    await team.write(there, numbered(0, 1));
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(1)), 20_000);
    await eventually(async () =>
      expect(await copy.metrics.text()).toContain(`{topic="${later}",alert="topic_missing"}`),
    );
    expect(copy.upstream.health()).toBeUndefined();
    await team.createTopic(later);
    await team.write(later, numbered(1, 2));
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(2)), 20_000);
    await team.growTopic(there, 2);
    await eventually(() => team.write(there, numbered(2, 3, 1)), 20_000);
    await eventually(async () => expect(await numbersOf(shared)).toEqual(upTo(3)), 20_000);
  }, 90_000);

  it('start at their end where the file says so, once', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    await team.write(topic, numbered(90, 99));
    const shared = await opened();
    const group = nextTopic();
    const source = json(topic, { from: 'end' });
    const first = await UpstreamCopy.start(shared, kafka.brokers, group, [source]);
    await eventually(
      async () => expect(await team.committed(`${group}.${topic}`, topic)).toEqual([9]),
      20_000,
    );
    await team.write(topic, numbered(0, 1));
    await eventually(async () => expect(await numbersOf(shared)).toEqual([0]), 20_000);
    await first[Symbol.asyncDispose]();
    await team.write(topic, numbered(1, 2));
    await using second = await UpstreamCopy.start(shared, kafka.brokers, group, [source]);
    await eventually(async () => expect(await numbersOf(shared)).toEqual([0, 1]), 20_000);
    expect(second.crashes).toEqual([]);
  }, 90_000);

  it('end the process when the log is owned by another', async () => {
    const topic = nextTopic();
    await team.createTopic(topic);
    const shared = await opened();
    await using copy = await UpstreamCopy.start(shared, kafka.brokers, nextTopic(), [json(topic)]);
    shared.store.failNextAppend({ error: new LogError('log_owned_elsewhere', 'somebody else has it') });
    await team.write(topic, numbered(0, 1));
    await eventually(() => expect(copy.crashes).toHaveLength(1), 20_000);
    expect(copy.upstream.health()).toContain('somebody else has it');
  }, 60_000);
});
