import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type KafkaForTests, type PostgresForTests } from '#testkit';
import type { AppName } from '../../support/app-process.ts';
import { CustomerServer } from '../../support/customer-server.ts';
import { KafkaEngine } from '../../support/kafka-engine.ts';
import { startServers } from '../../support/start-servers.ts';

const apps: readonly AppName[] = ['ingestion', 'dispatcher', 'projector', 'admin'];

describe('processes started before brokers, topics and database are there', () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;
  const customer = new CustomerServer();

  beforeAll(async () => {
    [kafka, postgres] = await startServers();
    await Promise.all([kafka.kill(1), postgres.halt()]);
    engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
  }, 180_000);

  afterAll(async () => {
    await engine?.kill();
    await customer.close();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
  }, 60_000);

  it('wait, whichever comes first, and all come up once a broker is there', async () => {
    // Two of each, so that copies of one kind race for the topics and the installation too.
    const order = [...apps, ...apps].sort(() => Math.random() - 0.5);
    const started = order.map(async (app) => {
      await delay(Math.random() * 2_000);
      await engine.add(app);
    });
    for (const one of started) one.catch(() => undefined);
    await eventually(() => expect(engine.processes).toHaveLength(order.length));
    await delay(3_000);
    const said = engine.processes.map(({ app, url, stderr }) => `${app} ${url}${stderr}`);
    expect(engine.processes.filter(({ isRunning }) => !isRunning).map(({ app }) => app)).toEqual([]);
    expect(said.filter((text) => text.includes('http://'))).toEqual([]);

    const back = performance.now();
    await kafka.restart(1);
    await Promise.all(started);
    const up = (performance.now() - back) / 1_000;
    process.stdout.write(
      `started in the order ${order.join(', ')}: all up ${up.toFixed(1)} s after the broker\n`,
    );

    // Without a database so far: control, publishing and delivering need none.
    const url = await customer.open();
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=acme', { url: `${url}/hook` });
    await engine.must('POST', '/events', { tenant: 'acme', type: 'DEPLOYED', data: { load: 1 } });
    await eventually(() => expect(customer.at('/hook')).toHaveLength(1), 60_000);

    await postgres.restart();
    await eventually(async () => {
      const { data } = await engine.must<{ data: object[] }>('GET', '/deliveries?tenant=acme');
      expect(data).toEqual([expect.objectContaining({ status: 'delivered' })]);
    }, 60_000);
  }, 240_000);
});
