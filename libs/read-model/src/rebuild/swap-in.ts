import type { ReadModel } from '../open-read-model.ts';
import { entities } from '../entities/index.ts';
import type { ProjectionPositionRow } from '../entities/projection-position-row.ts';
import type { LogStart } from './log-starts.ts';
import { mergeOlder } from './merge-older.ts';
import { rebindViews, viewsSchemaOf } from './rebind-views.ts';

export interface SwapOptions {
  readonly live: ReadModel;
  /** Another schema of the same database, migrated and replayed. */
  readonly shadow: ReadModel;
  readonly starts: readonly LogStart[];
  /** Replays into the shadow up to exactly these positions; nobody moves them meanwhile. */
  readonly catchUp: (positions: readonly ProjectionPositionRow[]) => Promise<void>;
}

/**
 * Puts the shadow's tables in the place of the live ones, in one transaction: readers see the old rows or the new ones.
 *
 * 1. The live positions are locked first: projectors wait, and both schemas come to stand at the same positions, so
 *    projectors go on afterwards as if nothing had happened (P5).
 * 2. Older rows are taken over, then tables change places. A projector that waited finds its statement's table gone,
 *    and tries again on the new one.
 * 3. Views for dashboards read the new tables from then on, with what was granted on them.
 * 4. A failure or crash anywhere leaves the live tables as they were.
 */
export async function swapIn({ live, shadow, starts, catchUp }: SwapOptions): Promise<void> {
  await live.dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL statement_timeout = 0');
    // Long readers must not make every later reader queue up behind this transaction for ever.
    await manager.query(`SET LOCAL lock_timeout = '30s'`);
    await manager.query(`LOCK TABLE ${live.schema}.projection_positions IN EXCLUSIVE MODE`);
    const rows = await manager.query<(Omit<ProjectionPositionRow, 'nextOffset'> & { nextOffset: string })[]>(
      `SELECT projection, topic, log_partition AS partition, next_offset AS "nextOffset", 0 AS "updatedAt"
       FROM ${live.schema}.projection_positions`,
    );
    await catchUp(rows.map((row) => ({ ...row, nextOffset: Number(row.nextOffset) })));
    await mergeOlder(manager, live.schema, shadow.schema, starts);
    await manager.query(`DROP SCHEMA IF EXISTS ${viewsSchemaOf(shadow.schema)} CASCADE`);
    await rebindViews(manager, live.schema, shadow.schema);
    for (const { options } of entities) {
      const table = options.tableName ?? options.name;
      await manager.query(`DROP TABLE ${live.schema}.${table}`);
      await manager.query(`ALTER TABLE ${shadow.schema}.${table} SET SCHEMA ${live.schema}`);
    }
    await manager.query(`DROP SCHEMA ${shadow.schema} CASCADE`);
  });
}
