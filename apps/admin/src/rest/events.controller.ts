import type { Principal } from '#http-edge';
import { Get, Inject, Param, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { getEvent, listEvents } from '../use-cases/read-deliveries.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { deliveryView, eventBodyView, eventView } from './delivery.view.ts';
import { EventsQuery, limitOf, spanOf } from './list.queries.ts';

/** Reading only: events are published at ingestion, under the same path. */
@AdminController('events')
export class EventsController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: EventsQuery) {
    const { type, after, before } = query;
    const ask = { type, ...spanOf(query), after, before, limit: limitOf(query) };
    const { items, next, previous } = await listEvents(this.#admin, caller, ask);
    return { data: items.map(eventView), next, previous };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    const { event, unmatched, deliveries } = await getEvent(this.#admin, caller, id);
    return {
      ...eventView(event),
      unmatched,
      body: eventBodyView(event),
      deliveries: deliveries.map(deliveryView),
    };
  }
}
