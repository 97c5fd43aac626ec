import { assertNever } from '#domain';
import type { Contract, EnvelopePart } from '../contract.ts';
import type { JsonNode } from '../json/json-node.ts';
import { timeJson } from './event-time.ts';
import { EMPTY_SLOT } from './slot.ts';

/** Everything that a body is made of. */
export interface BodyParts {
  readonly attributes: Readonly<Record<string, string>>;
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: number;
  readonly data: JsonNode;
}

export interface Body {
  readonly bytes: Uint8Array;
  /** Byte offset of the empty slot; null: the body holds no delivery id. */
  readonly slot: number | null;
}

/** The one place where a body is put together: compact, in the contract's order, the publisher's bytes untouched. */
export function envelopeBody(contract: Contract, parts: BodyParts): Body {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let slot: number | null = null;
  let text = '{';
  const flush = (raw?: Uint8Array) => {
    for (const piece of raw === undefined ? [Buffer.from(text)] : [Buffer.from(text), raw]) {
      pieces.push(piece);
      length += piece.length;
    }
    text = '';
  };
  let separator = '';
  for (const part of contract.envelope) {
    const value = partJson(part, parts);
    if (value instanceof Uint8Array && value.length === 0) continue;
    text += separator;
    separator = ',';
    if (part.from !== 'data-members') text += `${JSON.stringify(part.name)}:`;
    if (part.from === 'delivery-id') {
      text += '"';
      flush();
      slot = length;
      text = `${EMPTY_SLOT}"`;
    } else if (typeof value === 'string') text += value;
    else flush(value);
  }
  text += '}';
  flush();
  return { bytes: Buffer.concat(pieces, length), slot };
}

/** JSON of one part: text we make, or bytes as published. */
function partJson(part: EnvelopePart, parts: BodyParts): string | Uint8Array {
  switch (part.from) {
    case 'event-id':
      return JSON.stringify(parts.eventId);
    case 'event-type':
      return JSON.stringify(parts.eventType);
    case 'occurred-at':
      return timeJson(parts.occurredAt, part.format);
    case 'delivery-id':
      return `"${EMPTY_SLOT}"`;
    case 'attribute':
      return JSON.stringify(parts.attributes[part.attribute] ?? '');
    case 'data':
      return parts.data.compact();
    case 'data-member':
      return parts.data.get(part.member)?.compact() ?? 'null';
    case 'data-members':
      return withoutBraces(parts.data.compact());
    default:
      return assertNever(part);
  }
}

function withoutBraces(object: Uint8Array): Uint8Array {
  return object.subarray(1, -1);
}
