import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type KafkaForTests, type PostgresForTests } from '#testkit';
import { AppProcess, appNames, type AppName } from '../support/app-process.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { KafkaEngine } from '../support/kafka-engine.ts';
import { startServers } from '../support/start-servers.ts';

const older = 'dist/older-release';
/** The newest kind of fact, as this build's table of control facts has it. */
const newest = /["']data\.erased["']: ["']tenantId["'],?/;

/** Bundles of this build without the newest kind of fact: what a release before it would be. */
async function makeOlderRelease(): Promise<void> {
  for (const app of appNames) {
    const text = await readFile(`dist/apps/${app}/main.js`, 'utf8');
    if (!newest.test(text)) throw new Error(`the bundle of ${app} has no table of control facts`);
    await mkdir(join(older, app), { recursive: true });
    await writeFile(join(older, app, 'main.js'), text.replace(newest, ''));
  }
}

describe('a rolling upgrade', () => {
  let kafka: KafkaForTests;
  let postgres: PostgresForTests;
  let engine: KafkaEngine;
  const customer = new CustomerServer();
  let published = 0;

  beforeAll(async () => {
    await makeOlderRelease();
    [kafka, postgres] = await startServers();
    engine = new KafkaEngine({ brokers: kafka.brokers, databaseUrl: postgres.connectionString });
    for (const app of ['admin', 'dispatcher', 'projector', 'ingestion'] as const) await addOlder(app);
    const url = await customer.open();
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=acme', { url: `${url}/hook` });
  }, 180_000);

  afterAll(async () => {
    await engine?.stop();
    await customer.close();
    await Promise.all([kafka?.stop(), postgres?.stop()]);
    await rm(older, { recursive: true, force: true });
  }, 60_000);

  async function addOlder(app: AppName): Promise<AppProcess> {
    const process = new AppProcess(app, engine.env, join(older, app, 'main.js'));
    engine.processes.push(process);
    await process.start();
    return process;
  }
  /** Twenty more events; resolves when each that was ever published has arrived, once. */
  async function flows(): Promise<void> {
    for (let n = 0; n < 20; n += 1) {
      const id = `ev${String(published).padStart(19, '0')}`;
      published += 1;
      await engine.must('POST', '/events', { tenant: 'acme', id, type: 'COMMITTED', data: { n } });
    }
    await eventually(() => {
      const ids = customer.at('/hook').map(({ body }) => (JSON.parse(String(body)) as { id: string }).id);
      expect([new Set(ids).size, ids.length]).toEqual([published, published]);
    }, 60_000);
  }

  it('goes process by process, two releases beside each other, and every event arrives once', async () => {
    await flows();
    for (const app of ['projector', 'dispatcher', 'ingestion', 'admin'] as const) {
      const [before] = engine.of(app);
      await engine.add(app);
      await flows();
      expect(await before?.stop()).toBe(0);
      await flows();
    }
  }, 180_000);

  it('what only the newer one knows ends the older one, which passes over nothing; the newer ones go on', async () => {
    const left = await addOlder('dispatcher');
    await flows();
    await engine.must('POST', '/tenants/acme/erase', { event_ids: ['ev0000000000000000000'] });
    await eventually(() => expect(left.isRunning).toBe(false), 60_000);
    expect(left.stderr).toContain('upgrade');
    await flows();
    await eventually(async () => {
      const { status } = await engine.call('GET', '/events/ev0000000000000000000?tenant=acme');
      expect(status).toBe(404);
    }, 90_000);
    const { status } = await engine.call('GET', '/events/ev0000000000000000001?tenant=acme');
    expect(status).toBe(200);
  }, 240_000);
});
