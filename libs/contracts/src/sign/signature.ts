import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { assertNever } from '#domain';
import type { ContractSignature, HeaderValue } from '../contract.ts';
import { decodedKey } from './secret.ts';

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
export function signingKey(signature: ContractSignature, secret: string): KeyObject {
  const decoded =
    signature.key === 'base64-after-prefix' && secret.startsWith(BASE64_MARK)
      ? decodedKey(secret.slice(BASE64_MARK.length))
      : null;
  return createSecretKey(decoded ?? Buffer.from(secret, 'utf8'));
}

export function signatureOf(signature: ContractSignature, key: KeyObject, request: SignedRequest): string {
  const hmac = createHmac('sha256', key);
  for (const part of signature.content) {
    if (part !== 'body') hmac.update(`${headerValue(part, request)}.`);
  }
  return signature.prefix + hmac.update(request.body).digest(signature.encoding);
}
