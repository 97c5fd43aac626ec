import type { Contract } from '../contract.ts';

/** A new secret in the contract's form. `random32`: 32 bytes from a secure source. */
export function generateSecret(contract: Contract, random32: Uint8Array): string {
  const { prefix, bytes, encoding } = contract.secret;
  if (random32.length < bytes) throw new RangeError(`a secret takes ${bytes} random bytes`);
  return prefix + Buffer.from(random32.subarray(0, bytes)).toString(encoding);
}

/** Bounds of the key in bytes that Standard Webhooks sets. */
const MIN_KEY = 24;
const MAX_KEY = 64;

/** Why a supplied secret is refused, in words; null: it may be used. Never quotes the secret. */
export function checkSecret(contract: Contract, text: string): string | null {
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

/** Strict: Node alone would skip what is not base64 and sign with a key that nobody else derives. */
export function decodedKey(base64: string): Buffer | null {
  const key = Buffer.from(base64, 'base64');
  const unpadded = (text: string) => text.replace(/=+$/, '');
  return key.length > 0 && unpadded(key.toString('base64')) === unpadded(base64) ? key : null;
}
