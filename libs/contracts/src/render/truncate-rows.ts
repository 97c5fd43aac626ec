import type { ContractTruncation } from '../contract.ts';
import type { JsonNode } from '../json/json-node.ts';
import { jsonOf } from '../json/json-of.ts';
import { objectJson, type ObjectMember } from './object-json.ts';

/**
 * Cuts the array to what the contract sends. The total keeps the true number: the publisher's own where that is
 * larger (it may have cut already). Data that needs no cut, and says its total and flag, is returned as it is.
 */
export function truncateRows(data: JsonNode, truncation: ContractTruncation): JsonNode {
  const rows = data.get(truncation.rows);
  if (rows === undefined) return data;
  const items = rows.items();
  const kept = keptRows(items, truncation);
  const cut = kept.length < items.length;
  const stated = data.get(truncation.total);
  const says = stated !== undefined && data.get(truncation.flag) !== undefined;
  if (!cut && says) return data;

  const total = stated !== undefined && Number(stated.text) > items.length ? stated : jsonOf(items.length);
  const changes = new Map<string, Uint8Array>();
  if (cut) changes.set(truncation.rows, arrayJson(kept));
  if (cut || stated === undefined) changes.set(truncation.total, total.compact());
  if (cut || data.get(truncation.flag) === undefined) {
    changes.set(truncation.flag, jsonOf(cut || Number(total.text) > items.length).compact());
  }
  return objectJson(changed(data, changes));
}

function keptRows(items: readonly JsonNode[], { maxRows, maxBytes }: ContractTruncation): Uint8Array[] {
  const kept: Uint8Array[] = [];
  let bytes = 2;
  for (const item of items) {
    const row = item.compact();
    bytes += row.length + (kept.length === 0 ? 0 : 1);
    if (kept.length === maxRows || bytes > maxBytes) break;
    kept.push(row);
  }
  return kept;
}

function arrayJson(rows: readonly Uint8Array[]): Uint8Array {
  const comma = Buffer.from(',');
  const pieces = rows.flatMap((row, index) => (index === 0 ? [row] : [comma, row]));
  return Buffer.concat([Buffer.from('['), ...pieces, Buffer.from(']')]);
}

/** Changed values in the place of the old ones, new ones at the end. */
function changed(data: JsonNode, changes: ReadonlyMap<string, Uint8Array>): ObjectMember[] {
  const members: ObjectMember[] = data
    .members()
    .map(({ key, name, value }) => ({ name, value: changes.get(key) ?? value.compact() }));
  const present = new Set(data.members().map((member) => member.key));
  for (const [key, value] of changes) {
    if (!present.has(key)) members.push({ name: jsonOf(key).compact(), value });
  }
  return members;
}
