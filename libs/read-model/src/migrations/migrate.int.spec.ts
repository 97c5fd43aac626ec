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
    await readModel.dataSource.undoLastMigration();
    expect(await tables()).toEqual(['read_model_migrations']);
    await readModel.migrate();
    expect(await drift()).toEqual([]);
  });

  it('refuse a schema name that would need quoting', async () => {
    const options = { connectionString: postgres.connectionString, schema: 'a"; DROP' };
    await expect(openReadModel(options)).rejects.toThrow(/schema "a"; DROP": use lower-case/);
  });
});
