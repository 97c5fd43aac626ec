import { DataSource } from 'typeorm';
import { entities } from './entities/index.ts';
import { migrate } from './migrations/migrate.ts';
import { migrations } from './migrations/index.ts';
import { createQueries, type Queries } from './queries/queries.ts';
import { answeredRequests, type AnsweredRequests } from './requests/answered-requests.ts';
import type { Keep, Swept, WhichErasures } from './retention/keep.ts';
import { sweep } from './retention/sweep.ts';
import { createProjectionStore, type ProjectionStore } from './store/projection-store.ts';

export interface ReadModelOptions {
  /** postgres://user:password@host:port/database */
  readonly connectionString: string;
  /** Connections kept at most; 10. */
  readonly poolSize?: number;
  /** Longest that one statement may run, in ms; 30,000. Migrations have no limit. */
  readonly statementTimeoutMs?: number;
  /** PostgreSQL schema of all tables; `hyperhook`. A rebuild works in another one. */
  readonly schema?: string;
}

/** The projections in PostgreSQL: disposable, folded from the log, on no delivery path. */
export interface ReadModel {
  readonly dataSource: DataSource;
  readonly schema: string;
  readonly queries: Queries;
  readonly store: ProjectionStore;
  /** No projection, and so no part of a rebuild. */
  readonly answered: AnsweredRequests;
  /** Deletes what is older than it is to be kept, or was asked to be erased. `now`: epoch ms by the log's clock. */
  readonly sweep: (keep: Keep, now: number, erasures?: WhichErasures) => Promise<Swept>;
  /** Brings the tables up to date; several processes may call it at once. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

export const DEFAULT_SCHEMA = 'hyperhook';

/** Connects; rejects where the database does not answer. Does not migrate. */
export async function openReadModel(options: ReadModelOptions): Promise<ReadModel> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new RangeError(`schema "${schema}": use lower-case letters, digits and _, at most 63 characters`);
  }
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.connectionString,
    schema,
    entities,
    migrations,
    migrationsTableName: 'read_model_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    applicationName: 'hyperhook-read-model',
    poolSize: options.poolSize ?? 10,
    // A broken idle connection is replaced at its next use; the one who uses it sees the error.
    poolErrorHandler: () => {},
    extra: {
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      // Plain SQL (store, migrations) names its tables without a schema, and so serves any.
      options: `-c search_path=${schema}`,
      connectionTimeoutMillis: 5_000,
    },
  });
  await dataSource.initialize();
  return {
    dataSource,
    schema,
    queries: createQueries(dataSource, schema),
    store: createProjectionStore(dataSource),
    answered: answeredRequests(dataSource),
    sweep: (keep, now, erasures) => sweep(dataSource, keep, now, erasures),
    migrate: () => migrate(dataSource, schema),
    close: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
}
