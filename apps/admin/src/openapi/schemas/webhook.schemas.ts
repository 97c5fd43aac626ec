import { schema, type JsonSchema } from '#http-edge';

const { flag, listOf, moment, objectOf, orNull, ref, text, whole } = schema;

const shown = {
  id: text('wh_…'),
  url: text('In the canonical form in which requests are sent.'),
  events: listOf(text(''), 'Types that it wants; empty: all, future ones included.'),
  active: flag('Does it get events?'),
  status: text('off: switched off by the customer; failed: disabled by the engine.', {
    enum: ['active', 'off', 'failed'],
  }),
  created_at: moment(''),
  description: text(''),
  headers: listOf(text(''), 'Names of its extra request headers; their values are never shown.'),
  limits: objectOf(
    {
      per_second: orNull({ type: 'number', description: 'Attempts begun a second.' }),
      concurrency: orNull({ type: 'integer', description: 'Attempts in flight.' }),
    },
    { description: 'What its receiver can take; null: as much as anybody.' },
  ),
  signature: text('How it is signed, where receivers have a public key.', { enum: ['v1a', 'both'] }),
  public_key: text('What receivers verify with: whpk_…'),
  reason: text('Why the engine disabled it.', { enum: ['attempts_exhausted', 'gone'] }),
  tenant: text('For root keys that act for no tenant.'),
};

const optional = ['signature', 'public_key', 'reason', 'tenant'];

/** As webhook.view.ts and test-result.view.ts show them. */
export const webhookSchemas: Readonly<Record<string, JsonSchema>> = {
  Webhook: objectOf(shown, { optional }),
  WebhookWithSecret: objectOf(
    { ...shown, secret: orNull(text('Shown here and never again; null: requests are not signed by it.')) },
    { optional },
  ),
  WebhookWithDeliveries: objectOf(
    {
      ...shown,
      held: orNull({
        type: 'integer',
        description: 'How many deliveries are held; null: the history does not answer now.',
      }),
      deliveries: orNull({
        ...objectOf({
          data: listOf(ref('Delivery')),
          next: orNull(text('Send it as "after" for more.')),
        }),
        description: 'The latest 50; null: the history does not answer now.',
      }),
    },
    { optional },
  ),
  RevealedSecret: objectOf({
    id: text('Whose it is.'),
    secret: text('The newest.'),
    previous: listOf(
      objectOf({ secret: text(''), expires_at: orNull(moment('')) }),
      'Those that sign beside it until their grace period ends.',
    ),
  }),
  Activities: objectOf({ data: listOf(ref('Activity'), 'In the order asked for.') }),
  Activity: objectOf({
    webhook_id: text('Which.'),
    deliveries: whole('Of the 24 hours together.', { minimum: 0 }),
    delivered: whole('Those of them that are delivered.', { minimum: 0 }),
    failed: whole('Those that failed or expired.', { minimum: 0 }),
    success_ratio: orNull({
      type: 'number',
      description: 'delivered of delivered and failed; null: none has ended.',
    }),
    hours: listOf(
      objectOf({
        at: moment('Its start.'),
        deliveries: whole('', { minimum: 0 }),
        delivered: whole('', { minimum: 0 }),
        failed: whole('', { minimum: 0 }),
      }),
      'The current hour and the 23 before it, oldest first.',
    ),
  }),
  TestResult: objectOf({
    delivery_id: text('Of the test event.'),
    type: text('Of the event that was sent.'),
    status: ref('DeliveryStatus'),
    status_code: orNull({ type: 'integer', description: 'What the endpoint answered.' }),
    duration_ms: orNull({ type: 'integer' }),
    error: orNull(ref('AttemptError')),
  }),
};
