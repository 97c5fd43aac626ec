import type { Contract } from '../contract.ts';
import { MAX_JSON_DEPTH, scanJson } from '../json/scan-json.ts';
import { timeJson } from './event-time.ts';
import { objectJson } from './object-json.ts';

/**
 * A complete body with another time in it, all else untouched: what a Hyperspell replay sends, because its
 * receivers refuse a timestamp older than 300 s. The one exception to P7; the caller records it on the attempt.
 */
export function restampBody(contract: Contract, body: Uint8Array, at: number): Uint8Array {
  const part = contract.envelope.find((each) => each.from === 'occurred-at');
  if (part === undefined) throw new TypeError(`bodies of ${contract.id} hold no time to replace`);
  const stamp = Buffer.from(timeJson(at, part.format));
  // The envelope stands one level above what was published.
  const members = scanJson(body, MAX_JSON_DEPTH + 1)
    .members()
    .map(({ key, name, value }) => ({ name, value: key === part.name ? stamp : value.compact() }));
  return objectJson(members).compact();
}
