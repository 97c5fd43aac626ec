import { timingSafeEqual } from 'node:crypto';
import { scanJson } from '../json/scan-json.ts';
import type { Contract, ContractSignature, HeaderValue } from '../contract.ts';
import { signOf, type SignedRequest } from './signature.ts';

/** A request as a receiver has it. */
export interface ReceivedRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes, before any parser. */
  readonly body: Uint8Array;
}

export type Verdict =
  | { readonly genuine: true }
  | {
      readonly genuine: false;
      readonly code:
        'missing_signature' | 'missing_header' | 'malformed_signature' | 'wrong_signature' | 'stale';
      /** For people: what is wrong, and where to look. Holds no secret and no signature. */
      readonly detail: string;
    };

/** By how much a signed time may differ: the same in Standard Webhooks and on the page of Hyperspell. */
const TOLERANCE_SECONDS = 300;

/**
 * Checks a request as the contract's page tells receivers to. `nowSeconds`: null, and the age of the request is not looked at (for
 * requests that were kept).
 */
export function verifyRequest(
  contract: Contract,
  secret: string,
  { headers, body }: ReceivedRequest,
  nowSeconds: number | null,
): Verdict {
  const { signature } = contract;
  const given = headers[signature.header.toLowerCase()];
  if (given === undefined) {
    const detail = `there is no header ${signature.header}: the request is unsigned, or not one of ${contract.title}`;
    return { genuine: false, code: 'missing_signature', detail };
  }
  const signed: Partial<Record<HeaderValue, string>> = {};
  for (const part of signature.content) {
    if (part === 'body') continue;
    const name = contract.headers.find((header) => header.value === part)?.name ?? part;
    const text = headers[name.toLowerCase()];
    if (text === undefined) {
      return {
        genuine: false,
        code: 'missing_header',
        detail: `there is no header ${name}, which is signed too`,
      };
    }
    signed[part] = text;
  }
  const candidates = signature.separator === null ? [given] : given.split(signature.separator);
  const prefixes = [signature.prefix, ...(signature.ed25519 === null ? [] : [signature.ed25519])];
  if (!candidates.some((each) => prefixes.some((prefix) => each.startsWith(prefix)))) {
    const detail = `the value of ${signature.header} does not begin with ${JSON.stringify(signature.prefix)}`;
    return { genuine: false, code: 'malformed_signature', detail };
  }
  const expected = expectedSignature(signature, secret, signed, body);
  if (expected === null || !candidates.some((each) => isEqual(each, expected))) {
    const detail =
      'the signature is not that of this body with this secret: ' +
      'the body was changed (parsed and written again?), or the secret is another one';
    return { genuine: false, code: 'wrong_signature', detail };
  }
  return nowSeconds === null ? { genuine: true } : aged(contract, signed, body, nowSeconds);
}

/** Null: a signed header is none that the engine would have sent. */
function expectedSignature(
  signature: ContractSignature,
  secret: string,
  signed: Partial<Record<HeaderValue, string>>,
  body: Uint8Array,
): string | null {
  const atSeconds = Number(signed['attempt-seconds'] ?? 0);
  // What is signed is the text; only one spelling of a number is ours.
  if (signed['attempt-seconds'] !== undefined && String(atSeconds) !== signed['attempt-seconds']) return null;
  const request: SignedRequest = {
    eventId: signed['event-id'] ?? '',
    eventType: signed['event-type'] ?? '',
    deliveryId: signed['delivery-id'] ?? '',
    atSeconds,
    body,
  };
  return signOf(signature, secret)(request);
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** A signed time that is too old: the header's, or that of a body which its contract lets expire (Hyperspell). */
function aged(
  contract: Contract,
  signed: Partial<Record<HeaderValue, string>>,
  body: Uint8Array,
  nowSeconds: number,
): Verdict {
  const header = signed['attempt-seconds'];
  if (header === undefined && contract.policy.maxAgeMs === null) return { genuine: true };
  const age = nowSeconds - (header === undefined ? bodySeconds(contract, body) : Number(header));
  if (Math.abs(age) <= TOLERANCE_SECONDS) return { genuine: true };
  const when = age > 0 ? `${age} s old` : `${-age} s ahead of this clock`;
  const detail = `genuine, but ${when}; receivers take ${TOLERANCE_SECONDS} s`;
  return { genuine: false, code: 'stale', detail };
}

function bodySeconds(contract: Contract, body: Uint8Array): number {
  const part = contract.envelope.find((each) => each.from === 'occurred-at');
  const value = scanJson(body).value() as Readonly<Record<string, unknown>> | null;
  const time = part === undefined ? undefined : value?.[part.name];
  return typeof time === 'number' ? time : Date.parse(String(time)) / 1_000;
}
