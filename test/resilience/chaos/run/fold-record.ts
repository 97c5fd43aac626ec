import {
  decodeAsked,
  decodeControl,
  decodeEvent,
  decodeOutcomeHead,
  decodeQuarantined,
  type LogRecord,
  type TopicName,
} from '#log';
import type { ChaosFacts } from '../judge/facts.ts';
import { markerIn } from '../plan/load.ts';
import { hashOfBody } from '../wire/chaos-receiver.ts';

/** What is read of the log. `control` first: the others speak of its endpoints. */
export const readTopics: readonly TopicName[] = ['control', 'events', 'deliveries', 'outcomes', 'quarantine'];

/** Key of the records that a run writes so that nobody can read them. */
export const POISON = 'poison';

type Fold = (facts: ChaosFacts, record: LogRecord) => void;

const folds: Partial<Readonly<Record<TopicName, Fold>>> = {
  control(facts, record) {
    const decoded = decodeControl(record);
    if (decoded.ok) facts.control(record.offset, decoded.value.fact);
  },
  events(facts, record) {
    const decoded = decodeEvent(record);
    if (!decoded.ok) {
      if (record.key === POISON) facts.poisoned.add(`events/${record.partition}/${record.offset}`);
      return;
    }
    const text = Buffer.from(decoded.value.body).toString('latin1');
    facts.logged(decoded.value.eventId, hashOfBody(text), markerIn(text)?.copy);
  },
  deliveries(facts, record) {
    const decoded = decodeAsked(record);
    if (!decoded.ok) return;
    const { endpointId, eventId, chain, askedBy } = decoded.value.ref;
    facts.asked(endpointId, eventId, chain, askedBy);
  },
  outcomes(facts, record) {
    const decoded = decodeOutcomeHead(record);
    if (!decoded.ok) return;
    const { value } = decoded;
    if (value.kind === 'outcome') facts.outcome(value.outcome, record.value.byteLength > 0);
    else facts.unmatched(value.eventId);
  },
  quarantine(facts, record) {
    const decoded = decodeQuarantined(record);
    if (!decoded.ok) return;
    const { topic, partition, offset } = decoded.value;
    facts.quarantined.add(`${topic}/${partition}/${offset}`);
  },
};

/** One record of the log into the facts. What cannot be read must come up in `quarantine`. */
export function foldRecord(facts: ChaosFacts, record: LogRecord): void {
  folds[record.topic]?.(facts, record);
}
