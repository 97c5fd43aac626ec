import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { attemptView, deliveryView } from '../rest/delivery.view.ts';
import { deliveriesFilter, DeliveriesQuery, limitOf } from '../rest/list.queries.ts';
import { RetryDeliveryRequest } from '../rest/retry-delivery.request.ts';
import { retriedView } from '../rest/retried.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { getDelivery, listDeliveries } from '../use-cases/read-deliveries.ts';
import { retryDelivery } from '../use-cases/retry-delivery.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { queryOf, type PageMessage } from './page-message.ts';
import { requiredId } from './required-id.ts';

const SERVICE = 'DeliveryService';

@GrpcController()
export class DeliveryService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'ListDeliveries')
  async list(request: PageMessage, metadata: Metadata) {
    const query = await checkedDto(DeliveriesQuery, queryOf(request));
    const ask = { ...deliveriesFilter(query), limit: limitOf(query) };
    const { items, next, previous } = await listDeliveries(this.#admin, callerOf(metadata), ask);
    return { deliveries: items.map(deliveryView), next, previous };
  }

  @GrpcMethod(SERVICE, 'GetDelivery')
  async get({ id }: { readonly id?: string }, metadata: Metadata) {
    const { delivery, attempts } = await getDelivery(this.#admin, callerOf(metadata), requiredId(id));
    return { delivery: deliveryView(delivery), attempt_log: attempts.map((attempt) => attemptView(attempt)) };
  }

  @GrpcMethod(SERVICE, 'RetryDelivery')
  async retry({ id, ...fields }: { readonly id?: string }, metadata: Metadata) {
    const body = await checkedDto(RetryDeliveryRequest, fields);
    const retried = await retryDelivery(this.#admin, callerOf(metadata), requiredId(id), body);
    return new Answer(retriedView(retried), retried.position);
  }
}
