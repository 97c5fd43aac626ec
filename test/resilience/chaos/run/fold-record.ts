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

/** One record of the log into the facts. What cannot be read must come up in `quarantine`. */
export function foldRecord(facts: ChaosFacts, record: LogRecord): void {
  const { topic } = record;
  switch (topic) {
    case 'control': {
      const decoded = decodeControl(record);
      if (decoded.ok) facts.control(record.offset, decoded.value.fact);
      return;
    }
    case 'events': {
      const decoded = decodeEvent(record);
      if (!decoded.ok) {
        if (record.key === POISON) facts.poisoned.add(`events/${record.partition}/${record.offset}`);
        return;
      }
      const text = Buffer.from(decoded.value.body).toString('latin1');
      facts.logged(decoded.value.eventId, hashOfBody(text), markerIn(text)?.copy);
      return;
    }
    case 'deliveries': {
      const decoded = decodeAsked(record);
      if (!decoded.ok) return;
      const { endpointId, eventId, chain, askedBy } = decoded.value.ref;
      facts.asked(endpointId, eventId, chain, askedBy);
      return;
    }
    case 'outcomes': {
      const decoded = decodeOutcomeHead(record);
      if (!decoded.ok) return;
      const { value } = decoded;
      if (value.kind === 'outcome') facts.outcome(value.outcome, record.value.byteLength > 0);
      else {
        const event = facts.events.get(value.eventId);
        if (event !== undefined) event.unmatched = true;
      }
      return;
    }
    case 'quarantine': {
      const decoded = decodeQuarantined(record);
      if (!decoded.ok) return;
      const { topic, partition, offset } = decoded.value;
      facts.quarantined.add(`${topic}/${partition}/${offset}`);
      return;
    }
    default:
  }
}
