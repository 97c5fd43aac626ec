import type { ErrorClass } from '#domain';

const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'The certificate of the endpoint has expired.',
  CERT_NOT_YET_VALID: 'The certificate of the endpoint is not valid yet.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the endpoint is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the endpoint comes from an authority that is not trusted.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificate chain of the endpoint is incomplete or comes from an authority that is not trusted.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The certificate of the endpoint comes from an authority that is not trusted.',
  CERT_SIGNATURE_FAILURE: 'The certificate of the endpoint is not signed by whom it names.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the endpoint is for another host.',
  UNSPECIFIED:
    'The certificate of the endpoint is not acceptable: its key or its signature (SHA-1?) is too weak.',
};

const reasons: Readonly<Record<ErrorClass, string>> = {
  timeout: 'No response head came in time',
  dns: 'The host name does not resolve.',
  connect: 'No connection could be made to the endpoint.',
  tls: 'The TLS handshake failed; the endpoint must speak TLS 1.2 or newer.',
  reset: 'The endpoint closed the connection before it answered.',
  protocol: 'The endpoint answered with something that is not valid HTTP/1.1.',
  blocked_address: 'The host leads to an address that is not public; nothing was sent.',
  invalid_request: 'The request could not be built from the URL and headers of the endpoint.',
};

/** One sentence for people. Says what to look at, never an address or a stack. */
export function describeError(errorClass: ErrorClass, error: unknown, timeoutMs: number): string {
  if (errorClass === 'timeout') return `${reasons.timeout} (${timeoutMs / 1_000} s).`;
  return (errorClass === 'tls' ? tlsReason(error) : undefined) ?? reasons[errorClass];
}

export function describeStatus(status: number): string {
  if (status >= 300 && status < 400) return `Answered ${status}; redirects are not followed.`;
  return `Answered ${status}.`;
}

function tlsReason(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return Object.hasOwn(tlsReasons, code) ? tlsReasons[code] : undefined;
}
