import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { decodedKey } from './base64-key.ts';

/** How Standard Webhooks writes the keys of `v1a`: base64 of seed and public key, and of the public key alone. */
export const PRIVATE_MARK = 'whsk_';
const PUBLIC_MARK = 'whpk_';

const SEED_BYTES = 32;
const KEY_BYTES = 64;
/** PKCS #8 up to the seed: fixed for this curve (RFC 8410 §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface Ed25519Keys {
  /** `whsk_…`: signs, and is nobody's but ours. */
  readonly secret: string;
  /** `whpk_…`: what receivers check with. */
  readonly publicKey: string;
}

/** `seed`: 32 bytes from a secure source. */
export function ed25519Keys(seed: Uint8Array): Ed25519Keys {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a key pair takes ${SEED_BYTES} random bytes`);
  const raw = publicOf(privateKey(seed));
  return {
    secret: PRIVATE_MARK + Buffer.concat([seed, raw]).toString('base64'),
    publicKey: PUBLIC_MARK + raw.toString('base64'),
  };
}

/** Of a `whsk_…`; null: it is none, or its two halves do not belong together. */
export function ed25519Of(secret: string): { readonly key: KeyObject; readonly publicKey: string } | null {
  if (!secret.startsWith(PRIVATE_MARK)) return null;
  const bytes = decodedKey(secret.slice(PRIVATE_MARK.length));
  if (bytes?.length !== KEY_BYTES) return null;
  const key = privateKey(bytes.subarray(0, SEED_BYTES));
  const raw = publicOf(key);
  if (!raw.equals(bytes.subarray(SEED_BYTES))) return null;
  return { key, publicKey: PUBLIC_MARK + raw.toString('base64') };
}

export function ed25519Signature(key: KeyObject, content: Uint8Array): string {
  return sign(null, content, key).toString('base64');
}

function privateKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

function publicOf(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
}
