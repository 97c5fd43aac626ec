import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { assertNever } from '#domain';
import type { ContractSignature, HeaderValue } from '../contract.ts';
import { decodedKey } from './base64-key.ts';
import { ed25519Of, ed25519Signature } from './ed25519.ts';

/** One attempt about to be made. The body is complete: its slot, if it has one, is filled. */
export interface SignedRequest {
  readonly eventId: string;
  readonly eventType: string;
  readonly deliveryId: string;
  readonly body: Uint8Array;
  /** Unix time of this attempt, integer seconds. */
  readonly atSeconds: number;
}

export function headerValue(value: HeaderValue, request: SignedRequest): string {
  switch (value) {
    case 'event-id':
      return request.eventId;
    case 'event-type':
      return request.eventType;
    case 'delivery-id':
      return request.deliveryId;
    case 'attempt-seconds':
      return String(request.atSeconds);
    default:
      return assertNever(value);
  }
}

/** How Standard Webhooks libraries tell a key that is written in base64. */
const BASE64_MARK = 'whsec_';

/**
 * The key of one secret. Text after `whsec_` is decoded where the signature asks for it; anything else is UTF-8, so
 * that a legacy secret which is no base64 (a JWT secret) still signs the Standard Webhooks headers beside it.
 */
function signingKey(signature: ContractSignature, secret: string): KeyObject {
  const decoded =
    signature.key === 'base64-after-prefix' && secret.startsWith(BASE64_MARK)
      ? decodedKey(secret.slice(BASE64_MARK.length))
      : null;
  return createSecretKey(decoded ?? Buffer.from(secret, 'utf8'));
}

/** Makes one signature of a request, as it stands in the header. */
export type Sign = (request: SignedRequest) => string;

/** Of one secret, or of a `whsk_…` where the contract knows public keys. */
export function signOf(signature: ContractSignature, secret: string): Sign {
  const { ed25519 } = signature;
  const pair = ed25519 === null ? null : ed25519Of(secret);
  if (ed25519 !== null && pair !== null) {
    return (request) => ed25519 + ed25519Signature(pair.key, contentOf(signature, request));
  }
  const key = signingKey(signature, secret);
  return (request) => {
    const hmac = createHmac('sha256', key);
    for (const part of signature.content) {
      if (part !== 'body') hmac.update(`${headerValue(part, request)}.`);
    }
    return signature.prefix + hmac.update(request.body).digest(signature.encoding);
  };
}

/** All of it in one piece, as this algorithm wants it. */
function contentOf(signature: ContractSignature, request: SignedRequest): Buffer {
  const parts = signature.content.map((part) =>
    part === 'body' ? request.body : Buffer.from(`${headerValue(part, request)}.`),
  );
  return Buffer.concat(parts);
}
