import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeQuarantined, partitionOf, retryTopics, type NewRecord, type TopicName } from '#log';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;

describe('a record that cannot be read', () => {
  let lives: Lives;
  let tenant: string;
  let endpoint: string;
  const partition = () => partitionOf(tenant, PARTITIONS);

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    await lives.begin();
    tenant = await lives.rig.tenant('standard-webhooks');
    endpoint = await lives.rig.endpoint(tenant);
  });

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  const committed = (topic: TopicName) =>
    lives.store.group('dispatcher').commits.get(`${topic}/${partition()}`)?.offset;
  const quarantined = () => {
    const records = lives.store.partition('quarantine', 0).slice(0, { records: 100, bytes: 1_000_000 });
    return records.map((record) => {
      const decoded = decodeQuarantined(record);
      if (!decoded.ok) throw new Error('unreadable itself');
      return decoded.value;
    });
  };
  /** A record of the topic as it would be in truth. */
  async function sampleOf(topic: TopicName): Promise<NewRecord> {
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : 200);
    await lives.rig.publish(tenant);
    await pass(M);
    const from = topic === 'events' ? 'events' : 'retry.16s';
    return { ...lives.store.partition(from, partition()).at(0)!, topic };
  }
  const append = (record: NewRecord) =>
    lives.rig.log.append([{ topic: record.topic, partition: record.partition, ...contentOf(record) }]);
  const contentOf = ({ key, headers, value }: NewRecord) => ({ key, headers, value });

  it.each(['events', 'deliveries', ...retryTopics] as const)(
    'in %s goes to quarantine with the reason, and the partition moves on (P9)',
    async (topic) => {
      const garbage = { key: null, headers: { 'schema-version': '1' }, value: Buffer.from([0xff, 0]) };
      await lives.rig.log.append([{ topic, partition: partition(), ...garbage }]);
      await lives.rig.publish(tenant);
      await pass(130 * M);
      expect(quarantined()).toEqual([
        expect.objectContaining({
          topic,
          partition: partition(),
          offset: 0,
          reason: expect.stringMatching(/^header /),
        }),
      ]);
      expect(committed(topic)).toBe(lives.store.partition(topic, partition()).end);
      expect(lives.sender.sent).toHaveLength(1);
    },
  );

  it.each(['due-at', 'hops', 'attempt', 'chain'])(
    'a waiting one without %s is no other kind of record',
    async (name) => {
      const sample = await sampleOf('retry.1s');
      const { [name]: _, ...headers } = sample.headers;
      await append({ ...sample, headers });
      await pass(M);
      expect(quarantined()).toHaveLength(1);
      expect(lives.sender.sent).toHaveLength(2);
    },
  );

  it.each(['events', 'retry.1s'] as const)(
    'in %s because it is of a newer schema: it hops through retry.1m unchanged, with an alert (R21)',
    async (topic) => {
      const sample = await sampleOf(topic);
      await append({ ...sample, headers: { ...sample.headers, 'schema-version': '7' } });
      // Not at the very moment of a hop: commits trail.
      await pass(10 * M + 2_000);
      const waits = lives.store
        .partition('retry.1m', partition())
        .slice(0, { records: 100, bytes: 1_000_000 });
      expect(waits.length).toBeGreaterThanOrEqual(9);
      for (const { value, headers } of waits) {
        expect(headers).toMatchObject({ ...sample.headers, 'schema-version': '7' });
        expect(Buffer.from(value).equals(Buffer.from(sample.value))).toBe(true);
      }
      expect(lives.alerts.filter((alert) => alert === 'unknown_to_this_build').length).toBeGreaterThan(8);
      expect(quarantined()).toEqual([]);
      expect(committed('retry.1m')).toBe(lives.store.partition('retry.1m', partition()).end - 1);
    },
  );

  it('an event of a contract nobody knows here waits, and is sent by the first build that does, once', async () => {
    const sample = await sampleOf('events');
    const known = lives.rig.contracts as Map<string, unknown>;
    const contract = known.get('standard-webhooks');
    known.delete('standard-webhooks');
    const headers = { ...sample.headers, ce_id: 'msg_new' };
    await append({ ...sample, headers });
    await pass(3 * M);
    expect(lives.sender.sent).toHaveLength(2);
    known.set('standard-webhooks', contract);
    await pass(2 * M);
    expect(lives.sender.to(lives.rig.url(endpoint))).toHaveLength(3);
    const last = (await lives.outcomes()).at(-1);
    // It is known by where it stands in `events`, not by where it waited.
    expect(last).toMatchObject({
      ref: { eventId: 'msg_new', eventOffset: 1 },
      decision: { kind: 'delivered' },
    });
  });

  it('a waiting delivery whose contract nobody knows any more is not lost', async () => {
    lives.sender.answer = (_, nth) => (nth === 0 ? 500 : 200);
    await lives.rig.publish(tenant);
    await pass(S);
    const known = lives.rig.contracts as Map<string, unknown>;
    const contract = known.get('standard-webhooks');
    known.delete('standard-webhooks');
    await pass(5 * M);
    expect(lives.sender.sent).toHaveLength(1);
    known.set('standard-webhooks', contract);
    await pass(2 * M);
    expect(lives.sender.sent).toHaveLength(2);
    expect((await lives.outcomes()).map(({ attempt, decision }) => [attempt, decision.kind])).toEqual([
      [1, 'retry'],
      [2, 'delivered'],
    ]);
  });

  it('an outcome nobody can read does not stop a take-over', async () => {
    const garbage = { key: null, headers: {}, value: Buffer.from([1]) };
    await lives.rig.log.append([{ topic: 'outcomes', partition: partition(), ...garbage }]);
    await lives.restart();
    await lives.rig.publish(tenant);
    await pass(M);
    expect(lives.alerts).toEqual(['outcome_unreadable']);
    expect(lives.sender.sent).toHaveLength(1);
  });

  it('an endpoint whose secret cannot be opened fails by its schedule, alone', async () => {
    const broken = await lives.rig.endpoint(tenant);
    const foreign = 'v1:t:AAAA:AAAA:AAAA';
    await lives.rig.writer.endpoint(
      broken,
      { type: 'rotate-secret', sealed: foreign, graceMs: 0, at: Date.now() },
      'test',
    );
    await lives.rig.publish(tenant);
    await pass(10 * 60 * M);
    expect(lives.sender.sent.map(({ url }) => url)).toEqual([lives.rig.url(endpoint)]);
    const outcomes = (await lives.outcomes()).filter(({ ref }) => ref.endpointId === broken);
    expect(outcomes.at(-1)?.decision.kind).toBe('failed');
    expect(lives.rig.crashes).toEqual([]);
  });
});
