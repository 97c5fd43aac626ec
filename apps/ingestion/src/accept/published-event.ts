import type { EventInput, JsonMember, JsonNode } from '#contracts';
import { Refused, type FieldProblem } from '#http-edge';
import { aheadOf, NO_EVENT_TIME, parseEventTime } from './event-time.ts';

/** An event as published: what the contract reads, and the tenant if one was named. */
export interface PublishedEvent {
  readonly tenant: string | undefined;
  readonly input: EventInput;
}

/** More would not help a reader, and a hostile body could make a million. */
const MAX_FAULTS = 20;

const known = ['id', 'type', 'occurred_at', 'data', 'tenant'];

/**
 * Reads `{id?, type, occurred_at?, data, tenant?}` out of scanned JSON. This takes the place of a DTO class: `data` must
 * stay the publisher's bytes, which a parsed object no longer has (P7). Throws {@link Refused} with all that is wrong.
 * `now`: epoch ms.
 */
export function publishedEvent(node: JsonNode, now: number): PublishedEvent {
  if (node.kind !== 'object') {
    throw invalid([fault('', 'wrong_type', `an event is an object, not ${named(node)}`)]);
  }
  const reader = new FieldReader(node.members());
  const type = reader.text('type');
  const id = reader.text('id');
  const tenant = reader.text('tenant');
  const occurredAt = reader.time('occurred_at', now);
  if (type === undefined) reader.missing('type', 'name the type of the event, e.g. "lead.captured"');
  if (reader.faults.length > 0 || type === undefined) throw invalid(reader.faults);
  const input = { id: id ?? null, type, occurredAt: occurredAt ?? null, data: reader.node('data') ?? null };
  return { tenant, input };
}

class FieldReader {
  readonly faults: FieldProblem[] = [];
  readonly #fields = new Map<string, JsonNode>();

  constructor(members: readonly JsonMember[]) {
    for (const { key, value } of members) {
      if (known.includes(key)) this.#fields.set(key, value);
      else this.#fault(key, 'unknown_field', `no such field; the known ones are: ${known.join(', ')}`);
    }
  }

  node(name: string): JsonNode | undefined {
    return this.#fields.get(name);
  }

  text(name: string): string | undefined {
    const node = this.#fields.get(name);
    if (node === undefined) return undefined;
    if (node.kind === 'string') return node.value() as string;
    this.#fault(name, 'wrong_type', `must be text, not ${named(node)}; leave it out to have none`);
    return undefined;
  }

  /** Only text: a bare number does not say whether it means seconds or milliseconds. */
  time(name: string, now: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const at = parseEventTime(text);
    const problem = at === undefined ? NO_EVENT_TIME : aheadOf(now, at);
    if (problem !== undefined) this.#fault(name, 'invalid_time', problem);
    return at;
  }

  missing(name: string, how: string): void {
    if (!this.#fields.has(name)) this.#fault(name, 'required', `is required; ${how}`);
  }

  #fault(name: string, code: string, detail: string): void {
    if (this.faults.length >= MAX_FAULTS) return;
    this.faults.push(fault(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, detail));
  }
}

function named(node: JsonNode): string {
  return node.kind === 'null' ? 'null' : `${/^[ao]/.test(node.kind) ? 'an' : 'a'} ${node.kind}`;
}

function fault(pointer: string, code: string, detail: string): FieldProblem {
  return { pointer, code, detail };
}

function invalid(errors: readonly FieldProblem[]): Refused {
  const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
  return new Refused('validation_failed', detail, { errors });
}
