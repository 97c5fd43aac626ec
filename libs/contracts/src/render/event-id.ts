import { createHash } from 'node:crypto';
import type { Contract } from '../contract.ts';
import { wholeMatch } from '../whole-match.ts';

export function isEventId(contract: Contract, id: string): boolean {
  return wholeMatch(contract.eventId.pattern).test(id);
}

/**
 * One character for each byte. The size of the alphabet divides 256, so equally likely bytes make equally likely
 * characters. Needs as many bytes as the contract's ids have characters, 32 at most.
 */
export function eventIdFrom(contract: Contract, bytes: Uint8Array): string {
  const { prefix, alphabet, length } = contract.eventId;
  if (bytes.length < length) throw new RangeError(`an event id takes ${length} bytes, got ${bytes.length}`);
  let id = prefix;
  for (const byte of bytes.subarray(0, length)) id += alphabet[byte % alphabet.length] ?? '';
  return id;
}

/** The same text gives the same id, in the contract's pattern: for upstream records that carry none (P10). */
export function deriveEventId(contract: Contract, seedText: string): string {
  return eventIdFrom(contract, createHash('sha256').update(seedText).digest());
}
