import type { Contract } from '../contract.ts';
import { decodedKey } from './base64-key.ts';
import { ed25519Of, PRIVATE_MARK } from './ed25519.ts';

/** A new secret in the contract's form. `random32`: 32 bytes from a secure source. */
export function generateSecret(contract: Contract, random32: Uint8Array): string {
  const { prefix, bytes, encoding } = contract.secret;
  if (random32.length < bytes) throw new RangeError(`a secret takes ${bytes} random bytes`);
  return prefix + Buffer.from(random32.subarray(0, bytes)).toString(encoding);
}

/** Bounds of the key in bytes that Standard Webhooks sets. */
const MIN_KEY = 24;
const MAX_KEY = 64;

/**
 * Why a supplied secret is refused, in words; null: it may be used. Never quotes the secret. Where the contract knows
 * public keys it may be a `whsk_…`, or a secret and one of those with a space between.
 */
export function checkSecret(contract: Contract, text: string): string | null {
  if (contract.signature.ed25519 !== null && text.includes(PRIVATE_MARK)) return checkKeys(contract, text);
  return checkShared(contract, text);
}

function checkKeys(contract: Contract, text: string): string | null {
  const texts = text.split(' ');
  const pairs = texts.filter((each) => each.startsWith(PRIVATE_MARK));
  if (pairs.length !== 1 || texts.length > 2) {
    return `the secret must be one ${PRIVATE_MARK}… , or a secret, a space and one ${PRIVATE_MARK}…`;
  }
  if (pairs.some((each) => ed25519Of(each) === null)) {
    return `the secret must hold, in base64 after ${PRIVATE_MARK}, 32 bytes of seed and the 32 of the public key to it`;
  }
  const shared = texts.find((each) => !each.startsWith(PRIVATE_MARK));
  return shared === undefined ? null : checkShared(contract, shared);
}

function checkShared(contract: Contract, text: string): string | null {
  const { minLength, maxLength, prefix } = contract.secret;
  if (text === '') return 'the secret is empty';
  if (text.length < minLength) return `the secret must have at least ${minLength} characters`;
  if (text.length > maxLength) return `the secret must have at most ${maxLength} characters`;
  if (text.trim() !== text) return 'the secret starts or ends with a space; copy it without';
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'the secret holds a control character';
  if (contract.signature.key === 'utf8') return null;
  if (!text.startsWith(prefix)) return `the secret must start with ${prefix}`;
  const key = decodedKey(text.slice(prefix.length));
  if (key === null) return `the secret must be base64 after ${prefix}`;
  if (key.length < MIN_KEY || key.length > MAX_KEY) {
    return `the secret must hold ${MIN_KEY} to ${MAX_KEY} bytes, it holds ${key.length}`;
  }
  return null;
}
