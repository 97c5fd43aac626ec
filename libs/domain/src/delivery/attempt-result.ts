/** Why no complete response head came back. Coarse on purpose: receivers must not read our network from it. */
export const errorClasses = [
  'timeout',
  'dns',
  'connect',
  'tls',
  'reset',
  'protocol',
  'blocked_address',
  'invalid_request',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** What one HTTP request came back with: the part of it that deciding needs. */
export type AttemptResult =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'error'; readonly errorClass: ErrorClass };
