import type { EndpointFact, TenantFact } from '#domain';
import type { DeliveryRow } from '../entities/delivery-row.ts';
import type { ErasureRow } from '../entities/erasure-row.ts';
import type { EventSummary } from '../entities/event-row.ts';
import type { KeyUseRow } from '../entities/key-use-row.ts';
import type { QuarantineRow } from '../entities/quarantine-row.ts';
import type { UnmatchedEventRow } from '../entities/unmatched-event-row.ts';
import type { DatedValue } from '../values/record-values-upsert.ts';
import type { AttemptChange } from './attempt-insert.ts';
import type { ControlEntryAt } from './audit-entries.ts';

/**
 * What the records of one slice come to, in their order. The same key may appear several times; the store folds.
 * Tenant and endpoint facts go in as they are: `evolve` needs the row it changes, which only the transaction has.
 */
export interface ProjectionChanges {
  readonly facts: readonly (TenantFact | EndpointFact)[];
  /** All of `control`, for the same reason. */
  readonly audit: readonly ControlEntryAt[];
  readonly events: readonly Omit<EventSummary, 'duplicates'>[];
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptChange[];
  readonly unmatched: readonly UnmatchedEventRow[];
  readonly quarantined: readonly QuarantineRow[];
  readonly keyUses: readonly KeyUseRow[];
  /** What the rows leave to the record's value, in the current version of its codec; by offset. */
  readonly values: readonly DatedValue[];
  readonly erasures: readonly ErasureRow[];
}
