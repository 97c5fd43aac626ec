import type { DataSource, EntityManager } from 'typeorm';
import { erasureEntity, type ErasureRow } from '../entities/erasure-row.ts';
import { blankValues } from './blank-values.ts';

/** Of one transaction. */
const ROWS_AT_ONCE = 500;

interface Place {
  readonly partition: number;
  readonly offset: number;
}

/**
 * Deletes the rows of what was asked to be erased, and blanks their values. Says how many deliveries and events it met.
 * `since`: those that were asked for earlier are passed over, epoch ms.
 *
 * Erasing follows no position: an event may be folded after the fact that asked for its erasure, or again by a rebuild.
 * So it is done anew in every sweep, until the log holds nothing any more that was meant.
 */
export async function carryOutErasures(dataSource: DataSource, since: number): Promise<number> {
  const wanted = await dataSource.getRepository(erasureEntity).find({ order: { controlOffset: 'ASC' } });
  let total = 0;
  for (const erasure of wanted) {
    // `control` is kept for ever, so a rebuild brings these back whenever it is made.
    if (erasure.eventIds === null) await blankDeleted(dataSource, erasure.tenantId);
    if (erasure.at < since) continue;
    for (const erase of [eraseDeliveries, eraseEvents]) {
      for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; total += count) {
        count = await dataSource.transaction((manager) => erase(manager, erasure));
      }
    }
  }
  return total;
}

const parametersOf = ({ tenantId, at, eventIds }: ErasureRow) => [
  tenantId,
  new Date(at),
  eventIds === null ? null : [...eventIds],
];

/** Before the events: their time of acceptance is that of their event. */
async function eraseDeliveries(manager: EntityManager, erasure: ErasureRow): Promise<number> {
  const found = await manager.query<{ readonly id: string }[]>(
    `SELECT id FROM deliveries
     WHERE tenant_id = $1 AND created_at <= $2 AND ($3::text[] IS NULL OR event_id = ANY ($3))
     LIMIT ${ROWS_AT_ONCE} FOR UPDATE`,
    parametersOf(erasure),
  );
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // TypeORM answers a DELETE … RETURNING with its rows and their number.
  const [attempts] = await manager.query<[readonly Place[], number]>(
    `DELETE FROM attempts WHERE delivery_id = ANY ($1::uuid[])
     RETURNING log_partition AS partition, log_offset::float8 AS "offset"`,
    [ids],
  );
  await blankValues(manager, 'outcomes', attempts);
  await manager.query('DELETE FROM deliveries WHERE id = ANY ($1::uuid[])', [ids]);
  return ids.length;
}

async function eraseEvents(manager: EntityManager, erasure: ErasureRow): Promise<number> {
  const found = await manager.query<(Place & { readonly id: string })[]>(
    `SELECT id, log_partition AS partition, log_offset::float8 AS "offset" FROM events
     WHERE tenant_id = $1 AND accepted_at <= $2 AND ($3::text[] IS NULL OR id = ANY ($3))
     LIMIT ${ROWS_AT_ONCE} FOR UPDATE`,
    parametersOf(erasure),
  );
  if (found.length === 0) return 0;
  await blankValues(manager, 'events', found);
  const of = [erasure.tenantId, found.map(({ id }) => id)];
  await manager.query('DELETE FROM unmatched_events WHERE tenant_id = $1 AND event_id = ANY ($2)', of);
  await manager.query('DELETE FROM events WHERE tenant_id = $1 AND id = ANY ($2)', of);
  return found.length;
}

/** What a tenant that was deleted, and its endpoints, were called. Of one that is there it is still needed. */
async function blankDeleted(dataSource: DataSource, tenantId: string): Promise<void> {
  await dataSource.query(
    `UPDATE endpoints SET url = '', description = ''
     WHERE tenant_id = $1 AND deleted_at IS NOT NULL AND (url, description) <> ('', '')`,
    [tenantId],
  );
  await dataSource.query(
    `UPDATE tenants SET name = '', attributes = '{}' WHERE id = $1 AND deleted_at IS NOT NULL AND name <> ''`,
    [tenantId],
  );
}
