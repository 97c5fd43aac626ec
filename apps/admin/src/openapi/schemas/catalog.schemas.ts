import { signatureSchemes } from '#domain';
import { schema, type JsonSchema } from '#http-edge';
import { deliveryStatuses } from '../../rest/list.queries.ts';

const { anyObject, flag, listOf, objectOf, orNull, ref, text, whole } = schema;

const headerValues = ['event-id', 'event-type', 'delivery-id', 'attempt-seconds'];

/** As contract.view.ts shows them. */
export const catalogSchemas: Readonly<Record<string, JsonSchema>> = {
  EventType: objectOf({
    type: text('As published.'),
    label: text(''),
    description: text(''),
    schema: anyObject('JSON Schema of data.'),
    sample: anyObject('Valid data.'),
  }),
  Contract: objectOf({
    id: text('As tenants name it.'),
    title: text(''),
    attributes: listOf(
      objectOf({
        name: text(''),
        description: text(''),
        pattern: orNull(text('Regular expression that the whole value matches.')),
        example: text(''),
      }),
      'What tenants must bring.',
    ),
    event_types: listOf(ref('EventType')),
    open_types: flag('Are types that are not listed taken too?'),
    secret: objectOf({
      owner: text('Who holds the secret.', { enum: ['endpoint', 'tenant'] }),
      generated: flag('May the engine make one?'),
      optional: flag('May a customer choose unsigned requests?'),
      min_length: whole('Characters of one that is supplied, at least.'),
      max_length: whole('Characters of one that is supplied, at most.'),
    }),
    signature_header: text(''),
    signature: objectOf(
      {
        header: text('Where it stands.'),
        prefix: text('Text before each one.'),
        encoding: text('Of the digest, HMAC-SHA256.', { enum: ['hex', 'base64'] }),
        key: text('The whole secret as text; or what follows its prefix, decoded.', {
          enum: ['utf8', 'base64-after-prefix'],
        }),
        content: listOf(text('', { enum: [...headerValues, 'body'] }), 'What is signed, joined by dots.'),
        separator: orNull(text('Between several; null: only the newest secret signs.')),
        ed25519_prefix: orNull(text('Text before one made with a private key; null: never.')),
      },
      { description: 'How a receiver checks who sent a request.' },
    ),
    headers: listOf(
      objectOf({ name: text(''), value: text('What it carries.', { enum: headerValues }) }),
      'Besides Content-Type and the signature.',
    ),
    signatures: listOf(text('', { enum: signatureSchemes }), 'How its webhooks may be signed.'),
    https: text('always: http is refused everywhere.', { enum: ['always', 'production'] }),
    replay: text('What a retry by hand sends.', { enum: ['same-bytes', 'restamp'] }),
    success: listOf(
      { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
      'Ranges of status codes, ends included.',
    ),
    timeout_seconds: { type: 'number' },
    delays_seconds: listOf({ type: 'number' }, 'Waits after each failure.'),
    max_age_seconds: orNull({ type: 'number', description: 'Then a delivery expires.' }),
    exhaustion_disables: flag('Does the last failure disable the endpoint?'),
    gone_disables: flag('Does 410 disable the endpoint?'),
    words: objectOf(Object.fromEntries(deliveryStatuses.map((status) => [status, text('')])), {
      description: "The provider's own word for each status.",
    }),
  }),
  Contracts: objectOf({ data: listOf(ref('Contract')) }),
  Tier: objectOf({
    name: text('As waits_in names it.'),
    delay_seconds: { type: 'number' },
    topic: text('Where it waits in Kafka.'),
  }),
  Tiers: objectOf({ data: listOf(ref('Tier')) }),
};
