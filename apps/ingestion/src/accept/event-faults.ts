import { Refused, type FieldProblem } from '#http-edge';
import { aheadOf, NO_EVENT_TIME, parseEventTime } from './event-time.ts';

/** More would not help a reader, and a hostile body could make a million. */
const MAX_FAULTS = 20;

/** What is wrong with the fields of one published event, and the rules that hold whichever way it came. */
export class EventFaults {
  readonly #found: FieldProblem[] = [];

  add(field: string, code: string, detail: string): void {
    if (this.#found.length >= MAX_FAULTS) return;
    const pointer = field === '' ? '' : `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    this.#found.push({ pointer, code, detail });
  }

  noType(): void {
    this.add('type', 'required', 'is required; name the type of the event, e.g. "lead.captured"');
  }

  /** Epoch ms. Only text: a bare number does not say whether it means seconds or milliseconds. */
  time(field: string, text: string | undefined, now: number): number | null {
    if (text === undefined) return null;
    const at = parseEventTime(text);
    const problem = at === undefined ? NO_EVENT_TIME : aheadOf(now, at);
    if (problem !== undefined) this.add(field, 'invalid_time', problem);
    return at ?? null;
  }

  /** Throws {@link Refused} with all that is wrong; nothing: returns. */
  throwAny(): void {
    const errors = this.#found;
    if (errors.length === 0) return;
    const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
    throw new Refused('validation_failed', detail, { errors });
  }
}
