import type { PublicKey, SignatureScheme } from '#domain';
import type { Contract } from '../contract.ts';
import { ed25519Keys, ed25519Of, PRIVATE_MARK } from './ed25519.ts';
import { generateSecret } from './secret.ts';

/**
 * One generation of an endpoint's keys as text: a secret, or `whsk_…`, or both with a space between (where the contract
 * knows public keys at all; no secret of such a contract holds a space).
 */
export interface EndpointKeys {
  readonly text: string;
  /** Undefined: only a secret signs. */
  readonly publicKey: PublicKey | undefined;
}

/** New ones. `random`: 64 bytes from a secure source. */
export function generateKeys(contract: Contract, scheme: SignatureScheme, random: Uint8Array): EndpointKeys {
  const secret = generateSecret(contract, random.subarray(0, 32));
  if (scheme === 'v1') return { text: secret, publicKey: undefined };
  const pair = ed25519Keys(random.subarray(32, 64));
  const text = scheme === 'both' ? `${secret} ${pair.secret}` : pair.secret;
  return { text, publicKey: { scheme, publicKey: pair.publicKey } };
}

/** The texts that sign, each by itself. */
export function keyTexts(contract: Pick<Contract, 'signature'>, text: string): readonly string[] {
  return contract.signature.ed25519 === null ? [text] : text.split(' ');
}

/** What is public of a text that was accepted. */
export function publicKeyOf(contract: Contract, text: string): PublicKey | undefined {
  const texts = keyTexts(contract, text);
  const pair = texts.map(ed25519Of).find((each) => each !== null);
  if (contract.signature.ed25519 === null || pair === undefined || pair === null) return undefined;
  return { scheme: texts.length > 1 ? 'both' : 'v1a', publicKey: pair.publicKey };
}

/** The part that receivers share, for the answer that hands it over; null: they have a public key alone. */
export function sharedSecret(contract: Contract, text: string): string | null {
  if (contract.signature.ed25519 === null) return text;
  return keyTexts(contract, text).find((each) => !each.startsWith(PRIVATE_MARK)) ?? null;
}
