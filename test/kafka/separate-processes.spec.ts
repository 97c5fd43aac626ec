import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type KafkaForTests, type PostgresForTests } from '#testkit';
import { AppProcess } from '../support/app-process.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { KafkaEngine } from '../support/kafka-engine.ts';
import { startServers } from '../support/start-servers.ts';

/** sysexits.h */
const EX_CONFIG = 78;

describe('the engine as separate processes', () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;
  const customer = new CustomerServer();

  beforeAll(async () => {
    [kafka, postgres] = await startServers();
    engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
    await engine.start();
  }, 120_000);

  afterAll(async () => {
    await engine?.stop();
    await customer.close();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
  }, 60_000);

  it('takes an event in at one process, delivers it from another, and shows it at a third', async () => {
    const url = await customer.open();
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hypertune' });
    const { id } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=acme', { url: `${url}/hook` });
    await engine.must('POST', '/events', { tenant: 'acme', type: 'DEPLOYED', data: { load: 1 } });
    await eventually(() => expect(customer.at('/hook')).toHaveLength(1));
    await eventually(async () => {
      const { data } = await engine.must<{ data: { status: string; webhook_id: string }[] }>(
        'GET',
        '/deliveries?tenant=acme',
      );
      expect(data).toEqual([expect.objectContaining({ status: 'delivered', webhook_id: id })]);
    });
  }, 30_000);

  it('each is live and ready, and shows metrics', async () => {
    for (const process of engine.processes) {
      for (const path of ['livez', 'readyz', 'metrics']) {
        const answer = await fetch(`${process.url}/${path}`);
        await answer.body?.cancel();
        expect(`${process.app} ${path} ${answer.status}`).toBe(`${process.app} ${path} 200`);
      }
    }
  });

  it('each ends with exit code 0 at SIGTERM, and starts again', async () => {
    for (const process of engine.processes) {
      expect(`${process.app} ${await process.stop()}`).toBe(`${process.app} 0`);
      await process.start();
    }
  }, 60_000);

  it.each([
    ['other partitions', { HYPERHOOK_PARTITIONS: '3' }, 'has 8 partitions, 3 were asked for'],
    ['another time scale', { HYPERHOOK_TIME_SCALE: '0.5' }, 'HYPERHOOK_TIME_SCALE=1 (asked for now: 0.5)'],
    ['an unknown setting', { HYPERHOOK_BROKERS: 'x' }, 'HYPERHOOK_BROKERS: no such setting'],
  ])(
    'refuses to start with %s, and says how it is meant',
    async (_, env, message) => {
      const started = engine.add('dispatcher', env);
      await expect(started).rejects.toThrow(`dispatcher ended with ${EX_CONFIG}`);
      await expect(started).rejects.toThrow(message);
    },
    30_000,
  );

  it('a second copy of each shares the work', async () => {
    const copies = await Promise.all(
      (['admin', 'dispatcher', 'projector', 'ingestion'] as const).map((app) => engine.add(app)),
    );
    expect(copies.every((one) => one instanceof AppProcess && one.isRunning)).toBe(true);
    await eventually(async () => {
      const shares = await Promise.all(engine.of('dispatcher').map((one) => one.readiness()));
      expect(shares).toEqual([200, 200]);
    });
  }, 60_000);
});
