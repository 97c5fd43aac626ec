import type { Contract, ContractHeader, ContractSignature } from '../contract.ts';
import { keyTexts } from './endpoint-keys.ts';
import { headerValue, signOf, type Sign, type SignedRequest } from './signature.ts';

/** The headers of the Standard Webhooks specification, which may ride beside any provider's own. */
const standard = {
  headers: [
    { name: 'webhook-id', value: 'event-id' },
    { name: 'webhook-timestamp', value: 'attempt-seconds' },
  ],
  signature: {
    header: 'webhook-signature',
    prefix: 'v1,',
    encoding: 'base64',
    key: 'base64-after-prefix',
    content: ['event-id', 'attempt-seconds', 'body'],
    separator: ' ',
    ed25519: null,
  },
} as const satisfies { headers: readonly ContractHeader[]; signature: ContractSignature };

export interface RequestSigner {
  /** Every header that the contract says, names spelt as on its page. Without a secret there is no signature. */
  headers(request: SignedRequest): Record<string, string>;
}

interface PreparedSignature {
  readonly signature: ContractSignature;
  readonly signs: readonly Sign[];
}

/**
 * Prepares the keys once, for many requests. `secrets`: plain, newest first; empty: unsigned.
 * A provider whose header holds one signature is signed with the newest.
 */
export function createSigner(
  contract: Contract,
  secrets: readonly string[],
  options: { readonly standardWebhooks?: boolean } = {},
): RequestSigner {
  const rides = options.standardWebhooks === true && contract.signature.header !== standard.signature.header;
  const headers = rides ? [...contract.headers, ...standard.headers] : contract.headers;
  const signatures = (rides ? [contract.signature, standard.signature] : [contract.signature]).map(
    (signature) => prepare(signature, secrets),
  );
  return {
    headers(request) {
      const all: Record<string, string> = { 'Content-Type': 'application/json' };
      for (const { name, value } of headers) all[name] = headerValue(value, request);
      for (const { signature, signs } of signatures) {
        if (signs.length === 0) continue;
        const values = signs.map((sign) => sign(request));
        all[signature.header] = values.join(signature.separator ?? '');
      }
      return all;
    },
  };
}

function prepare(signature: ContractSignature, secrets: readonly string[]): PreparedSignature {
  const signing = signature.separator === null ? secrets.slice(0, 1) : secrets;
  const texts = signing.flatMap((secret) => keyTexts({ signature }, secret));
  return { signature, signs: texts.map((text) => signOf(signature, text)) };
}

/** Lower-case names that the engine sets, so that a customer's extra headers must not. */
export function contractHeaderNames(contract: Contract): readonly string[] {
  const own = [...contract.headers.map((header) => header.name), contract.signature.header];
  const riding = [...standard.headers.map((header) => header.name), standard.signature.header];
  return [...new Set(['content-type', ...own, ...riding].map((name) => name.toLowerCase()))];
}
