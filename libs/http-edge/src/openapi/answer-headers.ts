import { CONTROL_POSITION_HEADER } from '../control-position.ts';
import { text, type JsonSchema } from './json-schema.ts';

interface Header {
  /** As it is written on the wire. */
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** Headers that answers may carry besides those of HTTP itself. */
export const answerHeaders = {
  etag: {
    name: 'ETag',
    description: 'The version that this answer shows. Send it back in If-Match to change no other.',
    schema: text('', { examples: ['"3"'] }),
  },
  position: {
    name: CONTROL_POSITION_HEADER,
    description: 'Send it back with the next request, and it is served by a process that knows this change.',
    schema: text('', { pattern: '^\\d{1,15}$' }),
  },
  location: {
    name: 'Location',
    description: 'Path of what was made, or is to be read next.',
    schema: text(''),
  },
  link: {
    name: 'Link',
    description: 'The pages beside this one (RFC 8288): rel="next" and rel="prev".',
    schema: text(''),
  },
  retryAfter: {
    name: 'Retry-After',
    description: 'Seconds after which the same request may go through.',
    schema: { type: 'integer', minimum: 1 },
  },
  rateLimit: {
    name: 'RateLimit',
    description:
      'What is left to this key in this process: requests (r), and seconds until all are back (t).',
    schema: text('', { examples: ['"default";r=59999;t=1'] }),
  },
  rateLimitPolicy: {
    name: 'RateLimit-Policy',
    description: 'How many requests (q) a key may make in how many seconds (w).',
    schema: text('', { examples: ['"default";q=60000;w=60'] }),
  },
  replayed: {
    name: 'Idempotency-Replayed',
    description: 'true: this is the answer that the same request was given before.',
    schema: text('', { enum: ['true'] }),
  },
  unbuffered: {
    name: 'X-Accel-Buffering',
    description: 'no: a proxy that gathers answers before it passes them on should not do so here.',
    schema: text('', { enum: ['no'] }),
  },
  authenticate: {
    name: 'WWW-Authenticate',
    description: 'What the key lacks (RFC 6750).',
    schema: text(''),
  },
} as const satisfies Readonly<Record<string, Header>>;

export type AnswerHeader = keyof typeof answerHeaders;

/** As `components.headers` of the document. */
export function headerComponents(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(answerHeaders).map(([key, { description, schema }]) => {
      const { description: _, ...rest } = schema as JsonSchema;
      return [key, { description, schema: rest }];
    }),
  );
}

/** As `headers` of one answer. */
export function headersOf(keys: readonly AnswerHeader[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    keys.map((key) => [answerHeaders[key].name, { $ref: `#/components/headers/${key}` }]),
  );
}
