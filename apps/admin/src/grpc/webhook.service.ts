import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { activityView } from '../rest/activity.view.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { deliveryView } from '../rest/delivery.view.ts';
import { OnePageQuery } from '../rest/list.queries.ts';
import { CreateWebhookRequest, UpdateWebhookRequest } from '../rest/webhook.requests.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createEndpoint } from '../use-cases/create-endpoint.ts';
import { deleteEndpoint } from '../use-cases/delete-endpoint.ts';
import { readActivity } from '../use-cases/read-activity.ts';
import { getEndpoint, listEndpoints } from '../use-cases/read-endpoints.ts';
import { updateEndpoint } from '../use-cases/update-endpoint.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { pageAsk, type PageMessage } from './page-message.ts';
import { onlyVersion, requiredId } from './required-id.ts';
import {
  changedWebhook,
  namedSettings,
  secretOf,
  shownWebhook,
  webhookMessage,
  type CreateWebhookMessage,
  type OfOneWebhook,
  type UpdateWebhookMessage,
} from './webhook-messages.ts';

const SERVICE = 'WebhookService';

@GrpcController()
export class WebhookService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'CreateWebhook')
  async create(request: CreateWebhookMessage, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { secret: _, unsigned: __, ...fields } = request;
    const body = await checkedDto(CreateWebhookRequest, { ...fields, ...secretOf(request) });
    return shownWebhook(await createEndpoint(this.#admin, caller, body), caller);
  }

  @GrpcMethod(SERVICE, 'GetWebhook')
  async get({ id, ...page }: OfOneWebhook, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { after } = await checkedDto(OnePageQuery, page);
    const { endpoint, deliveries, held } = await getEndpoint(this.#admin, caller, requiredId(id), after);
    return {
      webhook: webhookMessage(endpoint, caller),
      held,
      deliveries: deliveries && { items: deliveries.items.map(deliveryView), next: deliveries.next },
    };
  }

  @GrpcMethod(SERVICE, 'ListWebhooks')
  async list(request: PageMessage, metadata: Metadata) {
    const caller = callerOf(metadata);
    const page = listEndpoints(this.#admin, caller, await pageAsk(request));
    return { webhooks: page.items.map((endpoint) => webhookMessage(endpoint, caller)), next: page.next };
  }

  @GrpcMethod(SERVICE, 'ListActivity')
  async activity({ webhooks }: { readonly webhooks?: readonly string[] }, metadata: Metadata) {
    const activities = await readActivity(this.#admin, callerOf(metadata), webhooks);
    return { activities: activities.map(activityView) };
  }

  @GrpcMethod(SERVICE, 'UpdateWebhook')
  async update({ id, if_version: version, ...fields }: UpdateWebhookMessage, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { no_limits: _, ...rest } = fields;
    const body = await checkedDto(UpdateWebhookRequest, { ...rest, ...namedSettings(fields) });
    const ifMatch = onlyVersion(version);
    return changedWebhook(await updateEndpoint(this.#admin, caller, requiredId(id), body, ifMatch), caller);
  }

  @GrpcMethod(SERVICE, 'DeleteWebhook')
  async delete({ id, if_version: version }: OfOneWebhook, metadata: Metadata) {
    const caller = callerOf(metadata);
    const { position } = await deleteEndpoint(this.#admin, caller, requiredId(id), onlyVersion(version));
    return new Answer({}, position);
  }
}
