import { signatureSchemes } from '#domain';
import { schema, type JsonSchema } from '#http-edge';
import { deliveryStatuses } from '../../rest/list.queries.ts';

const { anyObject, flag, listOf, objectOf, orNull, ref, text } = schema;

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
    }),
    signature_header: text(''),
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
