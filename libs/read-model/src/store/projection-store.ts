import type { ClientBase } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { projectionPositionEntity, type ProjectionPositionRow } from '../entities/projection-position-row.ts';
import { movePositions } from './move-positions.ts';
import type { ProjectionSlice } from './projection-slice.ts';
import { writeRows } from './write-rows.ts';

/**
 * Not applied: somebody else moved at least one of the positions meanwhile, and nothing was written. `positions` says
 * where each slice's topic-partition stands, in their order.
 */
export type Applied =
  { readonly applied: true } | { readonly applied: false; readonly positions: readonly (number | null)[] };

/**
 * Invariants
 * 1. Rows and positions move in one transaction, by compare-and-set of each position: a slice applied twice, or by two
 *    projectors at once, changes the tables once (P5).
 * 2. Slices of different topic-partitions commute: every column folds from one of them, or by rank (delivery-head.ts).
 *    So those of any number go into one transaction, each topic-partition at most once.
 * 3. A day's counters grow only by attempts that this transaction inserted: copies of an outcome count once (R3).
 * 4. A handful of statements per transaction, whatever its size.
 * 5. The commit waits for PostgreSQL's disk: a projector that has nothing more to write would not notice that a crash
 *    took its last transaction back (decision 0020).
 */
export interface ProjectionStore {
  readonly apply: (slices: readonly ProjectionSlice[]) => Promise<Applied>;
  readonly positions: (projection: string, partition: number) => Promise<readonly ProjectionPositionRow[]>;
}

export function createProjectionStore(dataSource: DataSource): ProjectionStore {
  const standing = async (slices: readonly ProjectionSlice[]) => {
    const repository = dataSource.getRepository(projectionPositionEntity);
    const where = slices.map(({ projection, topic, partition }) => ({ projection, topic, partition }));
    const rows = await repository.findBy(where);
    return slices.map(
      ({ projection, topic, partition }) =>
        rows.find(
          (row) => row.projection === projection && row.topic === topic && row.partition === partition,
        )?.nextOffset ?? null,
    );
  };
  return {
    apply: async (slices) => {
      const moved = await withClient(dataSource, (client, runner) =>
        inTransaction(client, async () => {
          // First of all, so that a projector which lost the race waits for, or fails on, the locks of these rows alone.
          if (!(await movePositions(client, slices))) return false;
          await writeRows(client, runner.manager, slices);
          return true;
        }),
      );
      return moved ? { applied: true } : { applied: false, positions: await standing(slices) };
    },

    positions: (projection, partition) =>
      dataSource.getRepository(projectionPositionEntity).find({
        where: { projection, partition },
        order: { topic: 'ASC' },
      }),
  };
}

/** The driver's own client: named statements, which PostgreSQL plans once, are none of TypeORM's words. */
async function withClient<T>(
  dataSource: DataSource,
  work: (client: ClientBase, runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    return await work((await runner.connect()) as ClientBase, runner);
  } finally {
    await runner.release();
  }
}

/** False rolls back, as an error does. */
async function inTransaction(client: ClientBase, work: () => Promise<boolean>): Promise<boolean> {
  await client.query('BEGIN');
  let isDone = false;
  try {
    isDone = await work();
    if (isDone) await client.query('COMMIT');
  } finally {
    // A connection that cannot roll back is broken, and PostgreSQL has done so itself.
    if (!isDone) await client.query('ROLLBACK').catch(() => {});
  }
  return isDone;
}
