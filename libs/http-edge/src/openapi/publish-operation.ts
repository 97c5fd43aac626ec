import { anyObject, listOf, moment, objectOf, ref, text, type JsonSchema } from './json-schema.ts';
import type { Operation } from './operation.ts';

const fields = {
  id: text(
    'Your own id for it; it must fit the contract. Publish again under the same id, and it is delivered once. Absent: the engine makes one.',
  ),
  type: text('An event type of the contract of the tenant.'),
  occurred_at: moment('When it happened; at most 24 hours ahead. Absent: now.'),
  data: anyObject('As the event type asks; text of numbers and order of members are kept.'),
  tenant: text('Whose event it is; for root keys only.'),
};

/** What ingestion knows of a published event: it scans it and parses nothing (P7), so that no DTO class says it. */
export const publishedEventFields: readonly string[] = Object.keys(fields);

const accepted = objectOf(
  {
    id: text('Of the event.'),
    status: text('duplicate: this process has seen the id become durable within the last 10 minutes.', {
      enum: ['accepted', 'duplicate'],
    }),
  },
  { description: 'The event is durable.' },
);

export const publishSchemas: Readonly<Record<string, JsonSchema>> = {
  PublishedEvent: {
    ...objectOf(fields, { optional: ['id', 'occurred_at', 'data', 'tenant'] }),
    additionalProperties: false,
  },
  Accepted: accepted,
  Refused: objectOf({ status: { const: 'refused' }, problem: ref('Problem') }),
};

const example = {
  id: 'evt_1',
  type: 'host.online',
  occurred_at: '2026-11-21T12:00:00Z',
  data: { host_id: 'h_1', hostname: 'web-1', platform: 'linux' },
};

/** `POST /api/v1/events`, which stands before any framework (decision 0019), and so is described by hand. */
export const publishOperation: Operation = {
  id: 'publishEvents',
  tag: 'Events',
  method: 'post',
  path: '/api/v1/events',
  summary: 'Publish an event, or a batch of 1 to 1,000',
  description:
    'Answered once what was published is durable. ' +
    'On Kafka this call is answered by the ingestion processes.',
  access: 'events:write',
  isRateLimited: false,
  headerParameters: {
    'Idempotency-Key': text('The id of a single event that brings none in its body.', {
      minLength: 1,
      maxLength: 255,
    }),
  },
  body: {
    schema: {
      oneOf: [ref('PublishedEvent'), { ...listOf(ref('PublishedEvent')), minItems: 1, maxItems: 1_000 }],
    },
    required: true,
    example,
  },
  answers: {
    202: {
      description: 'Durable.',
      schema: { oneOf: [ref('Accepted'), listOf(ref('Accepted'))] },
      headers: ['position'],
      example: { id: 'evt_1', status: 'accepted' },
    },
    207: {
      description: 'A batch of which some were refused; one entry for each event, in order.',
      schema: listOf({ oneOf: [ref('Accepted'), ref('Refused')] }),
      headers: ['position', 'retryAfter'],
    },
  },
  problems: ['not_entitled', 'payload_too_large', 'quota_exceeded', 'overloaded', 'loop_detected'],
};
