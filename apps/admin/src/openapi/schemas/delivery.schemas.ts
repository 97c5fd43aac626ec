import { askedBys, cancelReasons, errorClasses, failReasons } from '#domain';
import { schema, type JsonSchema } from '#http-edge';
import { deliveryStatuses } from '../../rest/list.queries.ts';

const { flag, listOf, moment, objectOf, orNull, ref, text, textsByName, whole } = schema;

const askedBy = text('What asked for it.', { enum: askedBys });
const reason = orNull(text('Why it failed or was cancelled.', { enum: [...failReasons, ...cancelReasons] }));

const delivery = {
  id: text('Equal on every attempt.', { format: 'uuid' }),
  webhook_id: text('Where it goes.'),
  event_id: text('What it tells.'),
  type: text('Of the event.'),
  tenant: text('Whose it is.'),
  status: ref('DeliveryStatus'),
  reason,
  asked_by: askedBy,
  test: flag('Is it a test event?'),
  attempts: whole('Requests made in the latest chain.', { minimum: 0 }),
  last_status_code: orNull(whole('What the endpoint answered last; null: nothing yet, or no answer came.')),
  last_error: orNull(text('Why no answer came to the last request.', { enum: errorClasses })),
  last_duration_ms: orNull(whole('How long the last request took.')),
  next_attempt_at: orNull(moment('When the next request is due; null: none waits.')),
  occurred_at: moment('What the body says.'),
  created_at: moment('When the event was accepted.'),
  updated_at: moment('When it last changed.'),
};

/** As delivery.view.ts shows them. */
export const deliverySchemas: Readonly<Record<string, JsonSchema>> = {
  DeliveryStatus: {
    type: 'string',
    enum: deliveryStatuses,
    description:
      'pending: an attempt is to come; failed: attempts used up, gone, or overload; expired: its time ran out; held: waits for a release; cancelled: nobody will ever want it.',
  },
  Delivery: objectOf(delivery),
  DeliveryWithAttempts: objectOf({
    ...delivery,
    body: orNull(
      text(
        'Exactly as sent, on every attempt that was not restamped. null: it is kept no more, it was a test, or the key lacks events:read.',
      ),
    ),
    attempt_log: listOf(ref('Attempt'), 'Every attempt of every chain, oldest first.'),
  }),
  AttemptError: objectOf({
    class: text('Why no answer came.', { enum: errorClasses }),
    message: orNull(text('The same, for people.')),
  }),
  AttemptResponse: objectOf(
    {
      status_code: whole('As the endpoint answered.'),
      headers: orNull(textsByName('As the endpoint answered.')),
      body: orNull(text('The first 16 KiB.')),
      bytes: orNull(whole('How many were read.')),
      truncated: flag('Was there more than is kept?'),
    },
    { description: "A stranger's text: show it, never render it." },
  ),
  Attempt: objectOf(
    {
      attempt: whole('Its number within the chain.', { minimum: 0 }),
      chain: whole('The asking that it belongs to; 0: the event itself.', { minimum: 0 }),
      asked_by: askedBy,
      restamped_at: moment('The body was given this new time.'),
      restamped_body: text('What was sent in place of the body, with the new time.'),
      result: text('What came of it.', {
        enum: ['delivered', 'retry', 'failed', 'expired', 'held', 'cancelled'],
      }),
      reason,
      at: moment('When that was known.'),
      started_at: orNull(moment('When the request began; null: none was made.')),
      duration_ms: orNull(whole('How long it took.')),
      request: orNull(objectOf({ url: text('As requested.'), headers: orNull(textsByName('As sent.')) })),
      response: orNull(ref('AttemptResponse')),
      error: orNull(ref('AttemptError')),
      next_attempt_at: orNull(moment('When the next one is due.')),
      waits_in: orNull(listOf(text('A retry tier.'), 'What the delivery passes through until then.')),
    },
    { optional: ['restamped_at', 'restamped_body'] },
  ),
  RetriedDelivery: objectOf({
    delivery_id: text('The same as before.', { format: 'uuid' }),
    status: { const: 'pending' },
    chain: whole('Of the new attempts.'),
    restamped: flag('Was the body given a new time?'),
    occurred_at: moment('What the body says now.'),
  }),
};
