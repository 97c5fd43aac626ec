import type { Contract, ContractEventType } from '../contract.ts';
import type { JsonNode } from '../json/json-node.ts';
import { jsonOf } from '../json/json-of.ts';
import { pointerStep } from '../json/pointer.ts';
import { wholeMatch } from '../whole-match.ts';
import { checkAttributes } from './attributes.ts';
import { validatorOf } from './data-validator.ts';
import { envelopeBody } from './envelope.ts';
import { eventIdFrom, isEventId } from './event-id.ts';
import { isEventTime } from './event-time.ts';
import { PublishRejected, type PublishProblem, type PublishProblemCode } from './publish-rejected.ts';
import { truncateRows } from './truncate-rows.ts';

/** An event as its publisher states it. */
export interface EventInput {
  /** null: the engine makes one. */
  readonly id: string | null;
  readonly type: string;
  /** Epoch ms; null: now. */
  readonly occurredAt: number | null;
  /** null: the publisher sent none, which is an empty object. */
  readonly data: JsonNode | null;
}

export interface RenderedEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  /** Serialised once; these bytes are stored, signed and sent (P7). */
  readonly body: Uint8Array;
  /** Byte offset where each delivery's id goes (`fillSlot`); null: the body holds none. */
  readonly slot: number | null;
}

/** Time and randomness come in. `random`: 32 bytes, used up by one event. */
export interface RenderMoment {
  readonly now: number;
  readonly random: Uint8Array;
}

const emptyData = jsonOf({});

/** The event in its contract's wire format. Throws {@link PublishRejected} with all that is wrong with it. */
export function renderEvent(
  contract: Contract,
  tenant: { readonly attributes: Readonly<Record<string, string>> },
  input: EventInput,
  moment: RenderMoment,
): RenderedEvent {
  const data = input.data ?? emptyData;
  const problems = [
    ...typeProblems(contract, input.type),
    ...idProblems(contract, input.id),
    ...timeProblems(input.occurredAt),
    ...attributeProblems(contract, tenant.attributes),
    ...dataProblems(contract, input.type, data),
  ];
  if (problems.length > 0) throw new PublishRejected(problems);

  const truncation = contract.eventTypes.get(input.type)?.truncate ?? null;
  const eventId = input.id ?? eventIdFrom(contract, moment.random);
  const occurredAt = input.occurredAt ?? moment.now;
  const { bytes, slot } = envelopeBody(contract, {
    attributes: tenant.attributes,
    eventId,
    eventType: input.type,
    occurredAt,
    data: truncation === null ? data : truncateRows(data, truncation),
  });
  return { eventId, eventType: input.type, occurredAt, body: bytes, slot };
}

function problem(code: PublishProblemCode, pointer: string, detail: string): PublishProblem {
  return { code, pointer, detail };
}

function typeProblems(contract: Contract, type: string): PublishProblem[] {
  if (contract.eventTypes.has(type)) return [];
  if (!contract.openTypes) {
    const known = [...contract.eventTypes.keys()].join(', ');
    return [problem('unknown_type', '/type', `${contract.title} has no such event type; it has ${known}`)];
  }
  if (wholeMatch(contract.typePattern).test(type)) return [];
  return [problem('invalid_type', '/type', `event types of ${contract.title} match ${contract.typePattern}`)];
}

function idProblems(contract: Contract, id: string | null): PublishProblem[] {
  if (id === null || isEventId(contract, id)) return [];
  const detail = `event ids of ${contract.title} match ${contract.eventId.pattern}; leave it out to have one made`;
  return [problem('invalid_id', '/id', detail)];
}

function timeProblems(occurredAt: number | null): PublishProblem[] {
  if (occurredAt === null || isEventTime(occurredAt)) return [];
  return [problem('invalid_time', '/occurred_at', 'must be a moment between the years 1970 and 9999')];
}

/** The tenant's own; a publisher cannot mend them, so they are named as what they are. */
function attributeProblems(
  contract: Contract,
  attributes: Readonly<Record<string, string>>,
): PublishProblem[] {
  return checkAttributes(contract, attributes).map(({ code, pointer, detail }) =>
    problem(code, `/tenant/attributes${pointer}`, detail),
  );
}

function dataProblems(contract: Contract, type: string, data: JsonNode): PublishProblem[] {
  if (data.kind !== 'object') return [problem('invalid_data', '/data', 'must be an object')];
  const listed = contract.eventTypes.get(type);
  const bytes = data.compact().length;
  const limit = listed?.maxBytes ?? contract.maxBytes;
  if (bytes > limit) {
    const detail = `has ${bytes} bytes, ${limit} are the most; send a reference to the rest`;
    return [problem('payload_too_large', '/data', detail)];
  }
  return [...reservedProblems(contract, data), ...(listed === undefined ? [] : misfits(listed, data, bytes))];
}

/** Spread into the body, a member of the data must not be named like one of the envelope's. */
function reservedProblems(contract: Contract, data: JsonNode): PublishProblem[] {
  if (!contract.envelope.some((part) => part.from === 'data-members')) return [];
  const names = new Set(
    contract.envelope.flatMap((part) => (part.from === 'data-members' ? [] : [part.name])),
  );
  return data
    .members()
    .filter((member) => names.has(member.key))
    .map(({ key }) =>
      problem(
        'reserved_field',
        `/data${pointerStep(key)}`,
        `${contract.title} bodies have a ${key} of their own; rename it`,
      ),
    );
}

function misfits(type: ContractEventType, data: JsonNode, bytes: number): PublishProblem[] {
  return validatorOf(type)
    .problems(data.value(), bytes)
    .map(({ pointer, detail }) => problem('invalid_data', `/data${pointer}`, detail));
}
