import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, startKafka, startPostgres, type KafkaForTests, type PostgresForTests } from '#testkit';
import { withoutOurs } from '../../support/app-process.ts';
import { CustomerServer } from '../../support/customer-server.ts';
import { KafkaEngine } from '../../support/kafka-engine.ts';

const AWAY_MS = 5_000;
const EVENTS = 200;

describe('the only broker dies', () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;
  const customer = new CustomerServer();

  beforeAll(async () => {
    // One after the other, so that the one which did start is stopped where the other does not.
    postgres = await startPostgres();
    kafka = await startKafka();
    engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
  }, 180_000);

  afterAll(async () => {
    await engine?.kill();
    await customer.close();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
  }, 60_000);

  it('while the engine starts: the processes wait for it, then start and deliver', async () => {
    const starting = engine.start();
    starting.catch(() => {});
    await delay(1_000 + 2_000 * Math.random());
    await kafka.kill(1);
    const began = Date.now();
    await delay(AWAY_MS);
    await kafka.restart(1);
    const backAt = Date.now();
    await starting;
    const ready = Date.now();
    const url = await customer.open();
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=acme', { url: `${url}/hook` });
    await engine.must('POST', '/events', { tenant: 'acme', type: 'DEPLOYED', data: { n: 0 } });
    await eventually(() => expect(customer.at('/hook')).toHaveLength(1), 60_000);
    process.stdout.write(
      `broker killed while the engine starts: 1 accepted, 0 lost, 0 duplicated; broker away ${backAt - began} ms, all ready ${ready - backAt} ms after\n`,
    );
  }, 300_000);

  it('while the projector rebuilds: it goes on, or ends and says why with the tables as they were', async () => {
    const events = Array.from({ length: EVENTS }, (_, n) => ({
      tenant: 'acme',
      type: 'DEPLOYED',
      data: { n: n + 1 },
    }));
    await engine.must('POST', '/events', events);
    const shown = async () => {
      const { data } = await engine.must<{ data: { status: string }[] }>(
        'GET',
        '/deliveries?tenant=acme&status=delivered&limit=100',
      );
      return data.length;
    };
    await eventually(async () => expect(await shown()).toBe(100), 60_000);
    const rebuild = spawn(process.execPath, ['dist/apps/projector/main.js', 'rebuild'], {
      env: {
        ...withoutOurs(process.env),
        HYPERHOOK_KAFKA_BROKERS: kafka.brokers.join(','),
        HYPERHOOK_KAFKA_PREFIX: engine.prefix,
        HYPERHOOK_DATABASE_URL: postgres.connectionString,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    rebuild.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    rebuild.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(rebuild, 'exit') as Promise<[number | null]>;
    await delay(500 + 1_500 * Math.random());
    await kafka.kill(1);
    await delay(AWAY_MS);
    await kafka.restart(1);
    const [code] = await ended;
    expect(`${code} ${said}`).toMatch(/^(0 [\s\S]*rebuilt from \d+ records|1 [\s\S]*hyperhook projector: )/);
    await eventually(async () => expect(await shown()).toBe(100), 60_000);
    process.stdout.write(
      `broker killed while the projector rebuilds: the rebuild ended with ${code}; every row is there\n`,
    );
  }, 300_000);
});
