import { schema } from '#http-edge';
import { DeliveriesController } from '../../rest/deliveries.controller.ts';
import { EventsController } from '../../rest/events.controller.ts';
import { page, shown } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

export const deliveryRoutes = describeRoutes(DeliveriesController, 'Deliveries', {
  list: {
    id: 'listDeliveries',
    summary: 'List deliveries, newest first',
    access: 'deliveries:read',
    answers: page('Delivery', true),
  },
  get: {
    id: 'getDelivery',
    summary: 'Read a delivery, with every attempt',
    access: 'deliveries:read',
    answers: shown('DeliveryWithAttempts'),
  },
  retry: {
    id: 'retryDelivery',
    summary: 'Send a delivery once more',
    description:
      'The same id and bytes, under a chain of its own with the whole schedule; also to an endpoint that is off or failed.',
    access: 'deliveries:replay',
    example: {},
    answers: {
      202: {
        description: 'Asked for; the attempts follow.',
        schema: schema.ref('RetriedDelivery'),
        headers: ['location', 'position', 'replayed'],
        example: {
          delivery_id: 'f215e3fb-db3e-5167-bb38-6b9efff9bbc4',
          status: 'pending',
          chain: 5,
          restamped: false,
          occurred_at: '2026-11-21T12:27:45.495Z',
        },
      },
    },
    problems: ['not_entitled'],
  },
});

export const eventRoutes = describeRoutes(EventsController, 'Events', {
  list: {
    id: 'listEvents',
    summary: 'List events, newest first',
    access: 'events:read',
    answers: page('Event', true),
  },
  get: {
    id: 'getEvent',
    summary: 'Read an event, with its body and deliveries',
    access: 'events:read',
    answers: shown('EventWithDeliveries'),
  },
});
