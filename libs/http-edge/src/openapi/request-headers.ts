import { CONTROL_POSITION_HEADER } from '../control-position.ts';

/** Request headers that many calls take; as `components.parameters` of the document. */
export function parameterComponents(): Readonly<Record<string, unknown>> {
  const header = (name: string, description: string, schema: object) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string', ...schema },
  });
  return {
    ControlPosition: header(
      CONTROL_POSITION_HEADER,
      'As an earlier answer gave it: this call is served by a process that knows that change. Waits 2 s at most, then 503.',
      { pattern: '^\\d{1,15}$' },
    ),
    IfMatch: header(
      'If-Match',
      'The ETag of an earlier answer: the change is made over that version, or not at all (412).',
      { examples: ['"3"'] },
    ),
    IdempotencyKey: header(
      'Idempotency-Key',
      'Any text of your own. The same key with the same request is answered as before, for 24 hours; with another request it is refused.',
      { pattern: '^[\\x20-\\x7e]{1,255}$', minLength: 1, maxLength: 255 },
    ),
  };
}
