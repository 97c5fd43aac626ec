import { generateKeys, publicKeyOf, type Contract, type EndpointKeys } from '#contracts';
import type { EndpointSecret, SignatureScheme } from '#domain';
import type { AdminContext } from './admin-context.ts';
import { endpointSecret } from './endpoint-secret.ts';
import { refusedField } from './refused-field.ts';

export interface KeysAsk {
  /** Absent: made; null: unsigned, where the contract allows it. */
  readonly secret?: string | null | undefined;
  /** Absent: what a supplied secret says, else as before, else `v1`. */
  readonly signature?: SignatureScheme | undefined;
}

/** What signs the requests of an endpoint from now on, in clear; null: nothing of its own. Throws 422 with a pointer. */
export function endpointKeys(
  context: Pick<AdminContext, 'random'>,
  contract: Contract,
  { secret, signature }: KeysAsk,
  before?: SignatureScheme,
): EndpointKeys | null {
  if (signature !== undefined && signature !== 'v1' && contract.signature.ed25519 === null) {
    const detail = `${contract.title} receivers check with a shared secret; leave "signature" out`;
    throw refusedField('/signature', 'not_in_contract', detail);
  }
  const wanted = signature ?? before ?? 'v1';
  if (secret === undefined && wanted !== 'v1') return generateKeys(contract, wanted, context.random(64));
  const text = endpointSecret(context, contract, secret);
  if (text === null) return null;
  const publicKey = publicKeyOf(contract, text);
  const given = publicKey?.scheme ?? 'v1';
  if (signature === undefined || signature === given) return { text, publicKey };
  const detail = `the secret that was given signs ${given}; leave "signature" out, or give a secret for ${signature}`;
  throw refusedField('/signature', 'another_secret', detail);
}

/** How an endpoint signs now; undefined: not with keys of its own. */
export function schemeOf(secrets: readonly EndpointSecret[]): SignatureScheme | undefined {
  const [newest] = secrets;
  return newest === undefined ? undefined : (newest.scheme ?? 'v1');
}
