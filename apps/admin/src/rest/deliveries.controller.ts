import type { Principal } from '#http-edge';
import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { getDelivery, listDeliveries } from '../use-cases/read-deliveries.ts';
import { sentBodies } from '../use-cases/sent-bodies.ts';
import { retryDelivery } from '../use-cases/retry-delivery.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { attemptView, deliveryView } from './delivery.view.ts';
import { deliveriesFilter, DeliveriesQuery, limitOf } from './list.queries.ts';
import { Reply } from './reply.ts';
import { retriedView } from './retried.view.ts';
import { RetryDeliveryRequest } from './retry-delivery.request.ts';

@AdminController('deliveries')
export class DeliveriesController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: DeliveriesQuery) {
    const ask = { ...deliveriesFilter(query), limit: limitOf(query) };
    const { items, next, previous } = await listDeliveries(this.#admin, caller, ask);
    return { data: items.map(deliveryView), next, previous };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    const { delivery, attempts } = await getDelivery(this.#admin, caller, id);
    const bodies = await sentBodies(this.#admin, caller, { delivery, attempts });
    return {
      ...deliveryView(delivery),
      body: bodies?.asAccepted ?? null,
      attempt_log: attempts.map((attempt) => attemptView(attempt, bodies?.restamped(attempt))),
    };
  }

  @Post(':id/retry')
  @HttpCode(202)
  async retry(@Caller() caller: Principal, @Param('id') id: string, @Body() body: RetryDeliveryRequest) {
    const retried = await retryDelivery(this.#admin, caller, id, body);
    const location = `/api/v1/deliveries/${id}`;
    return new Reply(retriedView(retried), { position: retried.position, location });
  }
}
