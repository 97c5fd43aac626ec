import type { Outcome } from '#domain';
import { decodeOutcomeHead, type DoneSet, type LogRecord } from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';

/** Whoever learns: the desk of the partition. */
export interface Learner {
  readonly doneSet: Pick<DoneSet, 'noteOutcome' | 'noteEvent'>;
  readonly signals: Pick<DispatcherSignals, 'alert'>;
  now(): number;
}

/**
 * One record of `outcomes` p that another owner wrote, into the done-set (R3, R6). Gives it where it is the first of its
 * attempt: what it says is what happened.
 */
export function learnOutcome(learner: Learner, record: LogRecord): Outcome | undefined {
  const { doneSet, signals } = learner;
  const { partition, offset } = record;
  const decoded = decodeOutcomeHead(record);
  if (!decoded.ok) {
    signals.alert('outcome_unreadable', { partition, offset });
    return undefined;
  }
  const known = decoded.value;
  // R5: kept from when it was loaded. What an outage of an hour has aged is needed as much as what is fresh.
  const now = learner.now();
  if (known.kind === 'outcome')
    return doneSet.noteOutcome(known.outcome, 'before', now) ? known.outcome : undefined;
  doneSet.noteEvent(known.tenantId, known.eventId, known.eventOffset, now);
  return undefined;
}
