import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type KafkaForTests, type PostgresForTests } from '#testkit';
import { ConsoleClient } from '../support/console-client.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { KafkaEngine } from '../support/kafka-engine.ts';
import { startServers } from '../support/start-servers.ts';

const sources = [
  { topic: 'team.hosts', format: 'cloudevents', tenant: { header: 'ce_tenant' } },
  {
    topic: 'team.orders',
    format: 'json',
    tenant: { field: '/account/id' },
    id: { field: '/order_no' },
    type: { value: 'order.created' },
    data: { field: '/order' },
  },
];
const host = '{"host_id":"h_1","hostname":"web-1","platform":"linux","load":1.0}';

describe("records that other teams write into their own topics, with Kafka's own tools", () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;
  let tools: ConsoleClient;
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  const customer = new CustomerServer();

  beforeAll(async () => {
    [kafka, postgres] = await startServers();
    folder = await makeDataFolder('upstream');
    const file = join(folder.path, 'upstream.json');
    await writeFile(file, JSON.stringify({ sources }));
    const admin = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({ topics: sources.map(({ topic }) => ({ topic, numPartitions: 3 })) });
    await admin.disconnect();
    engine = new KafkaEngine({
      brokers: kafka.brokers,
      databaseUrl: postgres.connectionString,
      env: { HYPERHOOK_UPSTREAM_FILE: file },
    });
    await engine.start();
    tools = new ConsoleClient(kafka.brokers);
    const url = await customer.open();
    for (const [id, contract] of [
      ['acme', 'hyprwatch'],
      ['shop', 'standard-webhooks'],
    ]) {
      await engine.must('POST', '/tenants', { id, name: id, contract });
      await engine.must('POST', `/webhooks?tenant=${id}`, { url: `${url}/${id}` });
    }
  }, 180_000);

  afterAll(async () => {
    await engine?.stop();
    await customer.close();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
    await folder?.remove();
  }, 60_000);

  it('a CloudEvent in binary mode is delivered, its numbers as they were written, and once for two copies', async () => {
    const headers = {
      ce_specversion: '1.0',
      ce_id: 'evt_abc1',
      ce_source: '/hosts',
      ce_type: 'host.online',
      ce_time: '2026-11-21T10:35:00Z',
      ce_tenant: 'acme',
      'content-type': 'application/json',
    };
    await tools.produce('team.hosts', [
      { headers, value: host },
      { headers, value: host },
      { headers: { ...headers, ce_id: 'evt_abc2' }, value: host },
    ]);
    await eventually(() => expect(customer.at('/acme')).toHaveLength(2), 60_000);
    const [first] = customer.at('/acme').filter(({ body }) => body.includes('evt_abc1'));
    expect(first?.body.toString()).toBe(
      `{"id":"evt_abc1","event":"host.online","timestamp":"2026-11-21T10:35:00Z","data":${host}}`,
    );
  }, 120_000);

  it('plain JSON is delivered by its mapping; a record nobody can read is shown in quarantine, and stops nobody', async () => {
    const order = (number: number) =>
      `{"order_no":"o-${number}","account":{"id":"shop"},"order":{"total":9.90}}`;
    await tools.produce('team.orders', [
      { headers: { by: 'shop' }, value: order(1) },
      { headers: { by: 'shop' }, value: '{"order_no":"o-2","account":' },
      { headers: { by: 'shop' }, value: order(3) },
    ]);
    await eventually(() => expect(customer.at('/shop')).toHaveLength(2), 60_000);
    expect(customer.at('/shop').every(({ body }) => body.includes('"total":9.90'))).toBe(true);
    const [record] = await tools.consume(`${engine.prefix}quarantine`, 1);
    const said = Object.values(record?.headers ?? {}).join();
    expect(said).toContain('team.orders');
    expect(said).toContain('invalid_json');
  }, 120_000);
});
