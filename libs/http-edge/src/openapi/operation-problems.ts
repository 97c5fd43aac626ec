import type { ProblemCode } from '../problem-code.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Operation } from './operation.ts';

const unreadableBody: readonly ProblemCode[] = [
  'empty_body',
  'invalid_utf8',
  'invalid_json',
  'lone_surrogate',
  'duplicate_key',
  'too_deep',
  'body_too_large',
  'unsupported_media_type',
];

/** Every problem that a call may answer: those that follow from its form, and its own. */
export function problemsOf(operation: Operation): readonly ProblemCode[] {
  const { access, method, problems = [], query, takesIdempotencyKey, takesIfMatch } = operation;
  const found = new Set<ProblemCode>(['bad_request', 'request_timeout', 'headers_too_large', 'internal']);
  const add = (...codes: readonly ProblemCode[]) => {
    for (const code of codes) found.add(code);
  };
  if (access !== 'everybody') {
    add('missing_key', 'unknown_key', 'expired_key', 'too_many_requests');
    // The echoed control position, and the tenant that a root key names.
    add('invalid_header', 'unavailable', 'not_found', 'validation_failed');
    if (access !== 'any-key') add('missing_scope');
    // Whatever may bring a body is read the same way, wanted or not.
    if (method !== 'get') add(...unreadableBody);
  }
  if (query !== undefined && Object.hasOwn(propertiesOf(query), 'after')) add('invalid_cursor');
  if (takesIfMatch === true) add('precondition_failed');
  if (takesIdempotencyKey === true) add('idempotency_key_reused', 'idempotency_key_in_use');
  add(...problems);
  return [...found];
}

export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
}
