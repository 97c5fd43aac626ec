import type { EventInput, JsonMember, JsonNode } from '#contracts';
import { publishedEventFields } from '#http-edge';
import { EventFaults } from './event-faults.ts';

/** An event as published: what the contract reads, and the tenant if one was named. */
export interface PublishedEvent {
  readonly tenant: string | undefined;
  readonly input: EventInput;
}

/** As the OpenAPI document tells them. */
const known = publishedEventFields;

/**
 * Reads `{id?, type, occurred_at?, data, tenant?}` out of scanned JSON. This takes the place of a DTO class: `data` must
 * stay the publisher's bytes, which a parsed object no longer has (P7). Throws {@link Refused} with all that is wrong.
 * `now`: epoch ms.
 */
export function publishedEvent(node: JsonNode, now: number): PublishedEvent {
  const faults = new EventFaults();
  if (node.kind !== 'object') {
    faults.add('', 'wrong_type', `an event is an object, not ${named(node)}`);
    faults.throwAny();
  }
  const fields = new FieldReader(node.members(), faults);
  const type = fields.text('type');
  const id = fields.text('id') ?? null;
  const tenant = fields.text('tenant');
  const occurredAt = faults.time('occurred_at', fields.text('occurred_at'), now);
  if (!fields.has('type')) faults.noType();
  faults.throwAny();
  return { tenant, input: { id, type: type ?? '', occurredAt, data: fields.node('data') ?? null } };
}

class FieldReader {
  readonly #faults: EventFaults;
  readonly #fields = new Map<string, JsonNode>();

  constructor(members: readonly JsonMember[], faults: EventFaults) {
    this.#faults = faults;
    for (const { key, value } of members) {
      if (known.includes(key)) this.#fields.set(key, value);
      else faults.add(key, 'unknown_field', `no such field; the known ones are: ${known.join(', ')}`);
    }
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  node(name: string): JsonNode | undefined {
    return this.#fields.get(name);
  }

  text(name: string): string | undefined {
    const node = this.#fields.get(name);
    if (node === undefined) return undefined;
    if (node.kind === 'string') return node.value() as string;
    this.#faults.add(name, 'wrong_type', `must be text, not ${named(node)}; leave it out to have none`);
    return undefined;
  }
}

function named(node: JsonNode): string {
  return node.kind === 'null' ? 'null' : `${/^[ao]/.test(node.kind) ? 'an' : 'a'} ${node.kind}`;
}
