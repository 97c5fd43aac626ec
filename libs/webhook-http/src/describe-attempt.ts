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
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the endpoint is for another host.',
};

/** One sentence for people. Says what to look at, never an address or a stack. */
export function describeError(errorClass: ErrorClass, error: unknown, timeoutMs: number): string {
  switch (errorClass) {
    case 'timeout':
      return `No response head came within ${timeoutMs / 1_000} s.`;
    case 'dns':
      return 'The host name does not resolve.';
    case 'connect':
      return 'No connection could be made to the endpoint.';
    case 'tls':
      return tlsReason(error) ?? 'The TLS handshake failed; the endpoint must speak TLS 1.2 or newer.';
    case 'reset':
      return 'The endpoint closed the connection before it answered.';
    case 'protocol':
      return 'The endpoint answered with something that is not valid HTTP/1.1.';
    case 'blocked_address':
      return 'The host leads to an address that is not public; nothing was sent.';
    case 'invalid_request':
      return 'The request could not be built from the URL and headers of the endpoint.';
  }
}

export function describeStatus(status: number): string {
  if (status >= 300 && status < 400) return `Answered ${status}; redirects are not followed.`;
  return `Answered ${status}.`;
}

function tlsReason(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return Object.hasOwn(tlsReasons, code) ? tlsReasons[code] : undefined;
}
