import type { ClientBase, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import { findCopies, firstAttempts, insertAttempts, type AttemptChange } from './attempt-insert.ts';
import { foldAudit } from './audit-fold.ts';
import type { Statement } from './bulk-upsert.ts';
import { foldControl } from './control-fold.ts';
import { upsertDeliveries } from './delivery-upsert.ts';
import { countByDay, upsertEndpointDays } from './endpoint-day-upsert.ts';
import { insertErasures } from './erasure-insert.ts';
import { insertUnmatched, upsertEvents } from './event-upsert.ts';
import type { ProjectionChanges } from './projection-changes.ts';
import type { ProjectionSlice } from './projection-slice.ts';
import { upsertRecordValues } from '../values/record-values-upsert.ts';
import { upsertKeyUses } from './key-use-upsert.ts';
import { insertQuarantined } from './quarantine-insert.ts';

/** Writes what all slices change together, one statement for each table. */
export async function writeRows(
  client: ClientBase,
  manager: EntityManager,
  slices: readonly ProjectionSlice[],
): Promise<void> {
  const all = <Row>(rowsOf: (changes: Partial<ProjectionChanges>) => readonly Row[] | undefined) =>
    slices.flatMap(({ changes }) => rowsOf(changes) ?? []);
  const run = <Row extends QueryResultRow>(statement: Statement) => client.query<Row>(statement);

  const values = slices.flatMap(({ topic, partition, changes }) =>
    changes.values === undefined ? [] : [{ topic, partition, values: changes.values }],
  );
  if (values.length > 0) await run(upsertRecordValues(values));
  const facts = all((changes) => changes.facts);
  if (facts.length > 0) await foldControl(manager, facts);
  const audit = all((changes) => changes.audit);
  if (audit.length > 0) await foldAudit(manager, audit);
  const events = all((changes) => changes.events);
  if (events.length > 0) await run(upsertEvents(events));
  const unmatched = all((changes) => changes.unmatched);
  if (unmatched.length > 0) await run(insertUnmatched(unmatched));
  const attempts = all((changes) => changes.attempts);
  if (attempts.length > 0) {
    const first = firstAttempts(attempts);
    const { rowCount } = await run(insertAttempts(first));
    const days = countByDay(rowCount === first.length ? first : await fresh(client, first));
    if (days.length > 0) await run(upsertEndpointDays(days));
  }
  const deliveries = all((changes) => changes.deliveries);
  if (deliveries.length > 0) await run(upsertDeliveries(deliveries));
  const erasures = all((changes) => changes.erasures);
  if (erasures.length > 0) await run(insertErasures(erasures));
  const quarantined = all((changes) => changes.quarantined);
  if (quarantined.length > 0) await run(insertQuarantined(quarantined));
  const keyUses = all((changes) => changes.keyUses);
  if (keyUses.length > 0) await run(upsertKeyUses(keyUses));
}

async function fresh(client: ClientBase, first: readonly AttemptChange[]): Promise<readonly AttemptChange[]> {
  const { rows } = await client.query<Pick<AttemptChange, 'partition' | 'offset'>>(findCopies(first));
  const copies = new Set(rows.map(({ partition, offset }) => `${partition} ${offset}`));
  return first.filter(({ partition, offset }) => !copies.has(`${partition} ${offset}`));
}
