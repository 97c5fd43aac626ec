import type { TopicName } from '#log';
import type { DataSource, EntityManager } from 'typeorm';
import { projectionPositionEntity, type ProjectionPositionRow } from '../entities/projection-position-row.ts';
import { attemptKey, firstAttempts, insertAttempts } from './attempt-insert.ts';
import type { Statement } from './bulk-upsert.ts';
import { foldControl } from './control-fold.ts';
import { upsertDeliveries } from './delivery-upsert.ts';
import { countByDay, upsertEndpointDays } from './endpoint-day-upsert.ts';
import { insertUnmatched, upsertEvents } from './event-upsert.ts';
import type { ProjectionChanges } from './projection-changes.ts';
import { insertQuarantined } from './quarantine-insert.ts';

/** The changes of the records [from, to) of one topic-partition. */
export interface ProjectionSlice {
  readonly projection: string;
  readonly topic: TopicName;
  readonly partition: number;
  /** The position that the table must hold; null: it must hold none. */
  readonly from: number | null;
  readonly to: number;
  readonly changes: ProjectionChanges;
}

/** `moved`: somebody else applied meanwhile; go on from `position`. Nothing was written. */
export type Applied =
  { readonly applied: true } | { readonly applied: false; readonly position: number | null };

/**
 * Invariants
 * 1. Rows and position move in one transaction, by compare-and-set of the position: a slice applied twice, or by two
 *    projectors at once, changes the tables once (P5).
 * 2. Slices of different topic-partitions commute: every column folds from one of them, or by rank (delivery-head.ts).
 * 3. A day's counters grow only by attempts that this transaction inserted: copies of an outcome count once (R3).
 * 4. A handful of statements per slice, whatever its size.
 */
export interface ProjectionStore {
  readonly applySlice: (slice: ProjectionSlice) => Promise<Applied>;
  readonly positions: (projection: string, partition: number) => Promise<readonly ProjectionPositionRow[]>;
}

const MOVE = `UPDATE projection_positions SET next_offset = $5, updated_at = now()
  WHERE projection = $1 AND topic = $2 AND log_partition = $3 AND next_offset = $4 RETURNING 1`;

const BEGIN_AT = `INSERT INTO projection_positions (projection, topic, log_partition, next_offset, updated_at)
  VALUES ($1, $2, $3, $4, now()) ON CONFLICT DO NOTHING RETURNING 1`;

/** Tells a lost race apart from every other failure, and rolls the transaction back. */
class Moved extends Error {}

export function createProjectionStore(dataSource: DataSource): ProjectionStore {
  const position = async ({ projection, topic, partition }: ProjectionSlice) => {
    const row = await dataSource
      .getRepository(projectionPositionEntity)
      .findOneBy({ projection, topic, partition });
    return row?.nextOffset ?? null;
  };
  return {
    applySlice: async (slice) => {
      try {
        await dataSource.transaction(async (manager) => {
          await movePosition(manager, slice);
          await writeRows(manager, slice.changes);
        });
        return { applied: true };
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
        return { applied: false, position: await position(slice) };
      }
    },

    positions: (projection, partition) =>
      dataSource.getRepository(projectionPositionEntity).find({
        where: { projection, partition },
        order: { topic: 'ASC' },
      }),
  };
}

/** First of all, so that a projector which lost the race waits for, or fails on, the lock of this row alone. */
async function movePosition(manager: EntityManager, slice: ProjectionSlice): Promise<void> {
  const { projection, topic, partition, from, to } = slice;
  const key = [projection, topic, partition];
  // TypeORM answers an UPDATE with [rows, count].
  const moved =
    from === null
      ? await manager.query<unknown[]>(BEGIN_AT, [...key, to])
      : (await manager.query<[unknown[], number]>(MOVE, [...key, from, to]))[0];
  if (moved.length === 0) throw new Moved('another projector has moved this position');
}

async function writeRows(manager: EntityManager, changes: ProjectionChanges): Promise<void> {
  const run = <Rows>({ sql, parameters }: Statement) => manager.query<Rows>(sql, [...parameters]);
  if (changes.facts.length > 0) await foldControl(manager, changes.facts);
  if (changes.events.length > 0) await run(upsertEvents(changes.events));
  if (changes.unmatched.length > 0) await run(insertUnmatched(changes.unmatched));
  if (changes.attempts.length > 0) {
    const first = firstAttempts(changes.attempts);
    const inserted = await run<{ key: string }[]>(insertAttempts([...first.values()]));
    const fresh = new Set(inserted.map((row) => row.key));
    const days = countByDay([...first.values()].filter((row) => fresh.has(attemptKey(row))));
    if (days.length > 0) await run(upsertEndpointDays(days));
  }
  if (changes.deliveries.length > 0) await run(upsertDeliveries(changes.deliveries));
  if (changes.quarantined.length > 0) await run(insertQuarantined(changes.quarantined));
}
