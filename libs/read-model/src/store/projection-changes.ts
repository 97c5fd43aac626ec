import type { EndpointFact, TenantFact } from '#domain';
import type { AttemptRow } from '../entities/attempt-row.ts';
import type { DeliveryRow } from '../entities/delivery-row.ts';
import type { EventRow } from '../entities/event-row.ts';
import type { QuarantineRow } from '../entities/quarantine-row.ts';
import type { UnmatchedEventRow } from '../entities/unmatched-event-row.ts';

/**
 * What the records of one slice come to, in their order. The same key may appear several times; the store folds.
 * Tenant and endpoint facts go in as they are: `evolve` needs the row it changes, which only the transaction has.
 */
export interface ProjectionChanges {
  readonly facts: readonly (TenantFact | EndpointFact)[];
  readonly events: readonly Omit<EventRow, 'duplicates'>[];
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptRow[];
  readonly unmatched: readonly UnmatchedEventRow[];
  readonly quarantined: readonly QuarantineRow[];
}
