import { Unreadable } from './encoded.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

export type JsonObject = Readonly<Record<string, unknown>>;

/** In Node's pool of small buffers: a TextEncoder allocates one for each text, outside of the heap. */
export function toJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The record's value as a JSON object; throws {@link Unreadable}. */
export function fromJson(value: Uint8Array): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(value));
  } catch {
    throw new Unreadable('the value is not JSON');
  }
  if (!isObject(parsed)) throw new Unreadable('the value is not a JSON object');
  return parsed;
}
