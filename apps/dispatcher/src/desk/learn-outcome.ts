import { decodeOutcomeHead, type DoneSet, type LogRecord } from '#log';
import type { DispatcherSignals } from '../dispatcher-signals.ts';

/** What is learned goes to the desk of its partition. */
interface Learner {
  readonly doneSet: DoneSet;
  readonly signals: Pick<DispatcherSignals, 'alert'>;
  /** Epoch ms by the log's clock. */
  now(): number;
}

/** One record of `outcomes` p that another owner wrote, into the done-set (R3, R6). */
export function learnOutcome(desk: Learner, record: LogRecord): void {
  const decoded = decodeOutcomeHead(record);
  if (!decoded.ok) {
    desk.signals.alert('outcome_unreadable', { partition: record.partition, offset: record.offset });
    return;
  }
  const { doneSet } = desk;
  const known = decoded.value;
  // R5: kept from when it was loaded. What an outage of an hour has aged is needed as much as what is fresh.
  const now = desk.now();
  if (known.kind === 'outcome') doneSet.noteOutcome(known.outcome, 'before', now);
  else doneSet.noteEvent(known.tenantId, known.eventId, known.eventOffset, now);
}
