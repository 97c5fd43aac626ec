import { schema, type JsonSchema } from '#http-edge';

const { flag, listOf, moment, objectOf, ref, text, whole } = schema;

const event = {
  id: text('As published, or as the engine made it.'),
  type: text(''),
  tenant: text('Whose it is.'),
  occurred_at: moment('As published; else when it was accepted.'),
  accepted_at: moment('When it became durable.'),
  duplicates: whole('How many copies reached the log after it.', { minimum: 0 }),
};

/** As delivery.view.ts shows them. */
export const eventSchemas: Readonly<Record<string, JsonSchema>> = {
  Event: objectOf(event),
  EventWithDeliveries: objectOf({
    ...event,
    unmatched: flag('True: no endpoint wanted it.'),
    body: text('As it is sent; where it holds the id of the delivery, 36 zeros stand for it.'),
    deliveries: listOf(ref('Delivery'), 'The newest 100.'),
  }),
};
