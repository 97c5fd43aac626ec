import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { deliveryView, eventBodyView, eventView } from '../rest/delivery.view.ts';
import { EventsQuery, limitOf, spanOf } from '../rest/list.queries.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { getEvent, listEvents } from '../use-cases/read-deliveries.ts';
import { GrpcController } from './grpc-controller.ts';
import { queryOf, type PageMessage } from './page-message.ts';
import { requiredId } from './required-id.ts';

const SERVICE = 'EventService';

/** Reading only: events are published at ingestion, by a service of its own. */
@GrpcController()
export class EventService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'ListEvents')
  async list(request: PageMessage, metadata: Metadata) {
    const query = await checkedDto(EventsQuery, queryOf(request));
    const { type, after, before } = query;
    const ask = { type, ...spanOf(query), after, before, limit: limitOf(query) };
    const { items, next, previous } = await listEvents(this.#admin, callerOf(metadata), ask);
    return { events: items.map(eventView), next, previous };
  }

  @GrpcMethod(SERVICE, 'GetEvent')
  async get({ id }: { readonly id?: string }, metadata: Metadata) {
    const found = await getEvent(this.#admin, callerOf(metadata), requiredId(id));
    const { event, unmatched, deliveries } = found;
    return {
      event: eventView(event),
      unmatched,
      body: eventBodyView(event),
      deliveries: deliveries.map(deliveryView),
    };
  }
}
