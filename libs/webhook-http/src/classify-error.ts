import type { ErrorClass } from '#domain';
import { BlockedAddress } from './blocked-address.ts';
import { DeadlinePassed, MalformedResponse } from './exchange-errors.ts';
import { ProxyRefused } from './proxy-refused.ts';
import { UnresolvedHost } from './unresolved-host.ts';

const byCode: Readonly<Record<string, ErrorClass>> = {
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  EHOSTDOWN: 'connect',
  ENETUNREACH: 'connect',
  ENETDOWN: 'connect',
  EADDRNOTAVAIL: 'connect',
  EACCES: 'connect',
  EPERM: 'connect',
  EMFILE: 'connect',
  ENFILE: 'connect',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EOF: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CLOSED: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_INVALID_ARG: 'invalid_request',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'invalid_request',
  UND_ERR_NOT_SUPPORTED: 'invalid_request',
  ERR_INVALID_ARG_TYPE: 'invalid_request',
  ERR_INVALID_ARG_VALUE: 'invalid_request',
  ERR_INVALID_URL: 'invalid_request',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_REVOKED: 'tls',
  CERT_REJECTED: 'tls',
  CERT_UNTRUSTED: 'tls',
  CERT_CHAIN_TOO_LONG: 'tls',
  CERT_SIGNATURE_FAILURE: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  INVALID_CA: 'tls',
  INVALID_PURPOSE: 'tls',
  PATH_LENGTH_EXCEEDED: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  // Node's word for what OpenSSL finds wrong with a certificate and Node has no word for: a digest or a key that is too weak.
  UNSPECIFIED: 'tls',
};

/** How deep causes and aggregates are followed; one that contains itself must not hold us. */
const MAX_DEPTH = 8;

/**
 * The one place where an error gets its class. Total: an error nobody foresaw is `connect`, the class that says
 * least. Every class is retryable; which answer ends a delivery is the contract's to say.
 */
export function classifyError(error: unknown, depth = 0): ErrorClass {
  if (error instanceof BlockedAddress) return 'blocked_address';
  if (error instanceof ProxyRefused) return error.isRule ? 'blocked_address' : 'connect';
  if (error instanceof UnresolvedHost) return 'dns';
  if (error instanceof DeadlinePassed) return 'timeout';
  if (error instanceof MalformedResponse) return 'protocol';
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return 'connect';

  const code = textOf(error, 'code');
  const message = textOf(error, 'message');
  // Happy eyeballs tried several addresses: all failed, so the first speaks for all.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return classifyError(error.errors[0], depth + 1);
  }
  // undici tells these by message or name only: an answer to a question we did not ask (100, 101), bytes that are no HTTP.
  if (message === 'bad response' || message === 'bad upgrade') return 'protocol';
  if (code.startsWith('HPE_') || textOf(error, 'name') === 'HTTPParserError') return 'protocol';
  if (message.includes('before secure TLS connection')) return 'tls';
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return known;
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('ERR_OSSL_'))
    return 'tls';
  return 'cause' in error ? classifyError(error.cause, depth + 1) : 'connect';
}

function textOf(error: object, key: string): string {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}
