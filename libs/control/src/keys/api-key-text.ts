import { hash } from 'node:crypto';

/** A new key in clear, shown once, and what is stored of it. */
export interface NewApiKey {
  readonly text: string;
  readonly hash: string;
  /** Enough to tell keys apart in a list, nothing to guess from. */
  readonly prefix: string;
}

/** `random`: 32 bytes. 256 bits need no slow hash: there is nothing to guess. */
export function newApiKey(prefix: string, random: Uint8Array): NewApiKey {
  const text = prefix + Buffer.from(random).toString('base64url');
  return { text, hash: hashApiKey(text), prefix: text.slice(0, prefix.length + 4) };
}

export function hashApiKey(text: string): string {
  return hash('sha256', text, 'hex');
}
