import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestPostgres, type TestPostgres } from '../../fixtures/test-postgres.ts';
import { openReadModel, type ReadModel } from '../open-read-model.ts';

describe('migrations', () => {
  let postgres: TestPostgres;
  let readModel: ReadModel;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    readModel = await openReadModel({ connectionString: postgres.connectionString });
  }, 30_000);
  afterAll(async () => {
    await readModel?.close();
    await postgres?.stop();
  });

  const drift = async () => {
    const { upQueries } = await readModel.dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  };
  const tables = async () => {
    const rows = await readModel.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'hyperhook' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('leave nothing between tables and entities, on an empty database', async () => {
    await readModel.migrate();
    expect(await drift()).toEqual([]);
    expect(await tables()).toContain('deliveries');
  });

  it('do nothing the second time, also when several processes start at once', async () => {
    await Promise.all([readModel.migrate(), readModel.migrate(), readModel.migrate()]);
    const runs = await readModel.dataSource.query('SELECT * FROM read_model_migrations');
    expect(runs).toHaveLength(readModel.dataSource.migrations.length);
  });

  it('can be taken back', async () => {
    for (const _ of readModel.dataSource.migrations) await readModel.dataSource.undoLastMigration();
    expect(await tables()).toEqual(['read_model_migrations']);
    await readModel.migrate();
    expect(await drift()).toEqual([]);
  });

  it('keep what an earlier build wrote: bodies, and what was sent and answered', async () => {
    // Back to the tables of the first build.
    for (const _ of readModel.dataSource.migrations.slice(1)) await readModel.dataSource.undoLastMigration();
    const id = '0b9c1f7e-3c55-4d0e-9a51-6f2a7c1d2e3f';
    const at = `'2026-11-20T10:00:00.012Z'`;
    for (const row of [
      `events VALUES ('acme', 'evt_1', 'host.online', 'hyprwatch', ${at}, ${at}, NULL, 'body', 0, 3, 7)`,
      `deliveries VALUES ('${id}', 'acme', 'wh_1', 'evt_1', 'host.online', 'delivered', NULL, 0, 1, 0, true, 'event',
        false, NULL, 1, ${at}, ${at}, ${at}, 0, 1, 200, NULL, 3, 3, 7, 'outcomes', 9)`,
      `attempts VALUES ('${id}', 0, 1, 'acme', 'wh_1', 'event', NULL, 'delivered', NULL, 0, 1, ${at}, ${at}, 3,
        'https://example.com/', '{"a":"b"}', 200, '{"c":"d"}', decode(repeat('00', 200), 'hex'), 200, true, NULL,
        'said', NULL, NULL, 3, 9)`,
    ])
      await readModel.dataSource.query(`INSERT INTO ${row}`);
    await readModel.migrate();
    const event = await readModel.queries.getEvent('acme', 'evt_1');
    expect(Buffer.from(event!.event.body!).toString()).toBe('body');
    const { attempts } = (await readModel.queries.getDelivery('acme', id))!;
    expect(attempts).toMatchObject([
      {
        endpointId: 'wh_1',
        startedAt: Date.UTC(2026, 10, 20, 10, 0, 0, 12),
        url: 'https://example.com/',
        requestHeaders: { a: 'b' },
        responseHeaders: { c: 'd' },
        responseBody: Buffer.alloc(200),
        responseBytes: 200,
        responseTruncated: true,
        message: 'said',
      },
    ]);
  });

  it('refuse a schema name that would need quoting', async () => {
    const options = { connectionString: postgres.connectionString, schema: 'a"; DROP' };
    await expect(openReadModel(options)).rejects.toThrow(/schema "a"; DROP": use lower-case/);
  });
});
