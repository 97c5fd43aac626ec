/**
 * Every problem that the HTTP surface can answer. A closed list: one code, one status, one title. Codes are part of
 * the API and never change their meaning.
 */
export const problemCodes = {
  empty_body: [400, 'The request has no body'],
  invalid_utf8: [400, 'The body is not UTF-8'],
  invalid_json: [400, 'The body is not JSON'],
  lone_surrogate: [400, 'The body holds half of a surrogate pair'],
  duplicate_key: [400, 'The body names a member twice'],
  too_deep: [400, 'The body is nested too deeply'],
  invalid_header: [400, 'A request header cannot be read'],
  invalid_cursor: [400, 'The cursor is not one of ours'],
  bad_request: [400, 'The request cannot be read'],
  missing_key: [401, 'An API key is required'],
  unknown_key: [401, 'The API key is not valid'],
  expired_key: [401, 'The API key has expired'],
  missing_scope: [403, 'The API key may not do this'],
  not_entitled: [403, 'The plan does not include webhooks'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'The method is not allowed here'],
  not_acceptable: [406, 'No acceptable representation'],
  request_timeout: [408, 'The request took too long to arrive'],
  conflict: [409, 'Changed by somebody else meanwhile'],
  too_many_webhooks: [409, 'The tenant has as many webhooks as it may'],
  already_exists: [409, 'Exists already'],
  precondition_failed: [412, 'The resource is at another version'],
  idempotency_key_in_use: [409, 'The Idempotency-Key is taken'],
  body_too_large: [413, 'The body is too large'],
  payload_too_large: [413, 'The data is too large'],
  unsupported_media_type: [415, 'The media type is not supported'],
  validation_failed: [422, 'The request is not valid'],
  invalid: [422, 'The request is not valid'],
  idempotency_key_reused: [422, 'The Idempotency-Key belongs to another request'],
  loop_detected: [422, 'The event goes round in a circle'],
  headers_too_large: [431, 'The request headers are too large'],
  too_many_requests: [429, 'Too many requests'],
  quota_exceeded: [429, 'The quota is used up'],
  internal: [500, 'Something went wrong here'],
  not_implemented: [501, 'Not implemented'],
  overloaded: [503, 'Busy'],
  unavailable: [503, 'Temporarily unavailable'],
} as const satisfies Readonly<Record<string, readonly [status: number, title: string]>>;

export type ProblemCode = keyof typeof problemCodes;

export function statusOf(code: ProblemCode): number {
  return problemCodes[code][0];
}

export function titleOf(code: ProblemCode): string {
  return problemCodes[code][1];
}
