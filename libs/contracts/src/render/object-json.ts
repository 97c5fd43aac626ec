import type { JsonNode } from '../json/json-node.ts';
import { MAX_JSON_DEPTH, scanJson } from '../json/scan-json.ts';

export interface ObjectMember {
  /** With its quotes. */
  readonly name: Uint8Array;
  readonly value: Uint8Array;
}

const open = Buffer.from('{');
const close = Buffer.from('}');
const comma = Buffer.from(',');
const colon = Buffer.from(':');

export function objectJson(members: readonly ObjectMember[]): JsonNode {
  const pieces = members.flatMap(({ name, value }, index) =>
    index === 0 ? [name, colon, value] : [comma, name, colon, value],
  );
  return scanJson(Buffer.concat([open, ...pieces, close]), MAX_JSON_DEPTH + 1);
}
