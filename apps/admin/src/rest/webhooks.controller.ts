import type { Principal } from '#http-edge';
import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { createEndpoint, type WrittenEndpoint } from '../use-cases/create-endpoint.ts';
import { deleteEndpoint } from '../use-cases/delete-endpoint.ts';
import type { IfMatch } from '../use-cases/if-match.ts';
import { getEndpoint, listEndpoints } from '../use-cases/read-endpoints.ts';
import { updateEndpoint } from '../use-cases/update-endpoint.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { deliveryView } from './delivery.view.ts';
import { limitOf, ListQuery, OnePageQuery } from './list.queries.ts';
import { Reply } from './reply.ts';
import { Versions } from './versions.ts';
import { CreateWebhookRequest, UpdateWebhookRequest } from './webhook.requests.ts';
import { webhookView } from './webhook.view.ts';

@AdminController('webhooks')
export class WebhooksController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  async create(@Caller() caller: Principal, @Body() body: CreateWebhookRequest) {
    const { endpoint, secret, position } = await createEndpoint(this.#admin, caller, body);
    return new Reply(webhookView(endpoint, caller, secret), {
      status: 201,
      version: endpoint.version,
      position,
      location: `/api/v1/webhooks/${endpoint.id}`,
    });
  }

  @Get()
  list(@Caller() caller: Principal, @Query() query: ListQuery) {
    const page = listEndpoints(this.#admin, caller, { after: query.after, limit: limitOf(query) });
    return { data: page.items.map((endpoint) => webhookView(endpoint, caller)), next: page.next };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string, @Query() query: OnePageQuery) {
    const { endpoint, deliveries, held } = await getEndpoint(this.#admin, caller, id, query.after);
    const body = {
      ...webhookView(endpoint, caller),
      held,
      deliveries:
        deliveries === null ? null : { data: deliveries.items.map(deliveryView), next: deliveries.next },
    };
    return new Reply(body, { version: endpoint.version });
  }

  @Patch(':id')
  async patch(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: UpdateWebhookRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    return changed(await updateEndpoint(this.#admin, caller, id, body, ifMatch), caller);
  }

  /** Partial like PATCH: the page names no verb, so both do the same. */
  @Put(':id')
  async put(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: UpdateWebhookRequest,
    @Versions() ifMatch: IfMatch,
  ) {
    return changed(await updateEndpoint(this.#admin, caller, id, body, ifMatch), caller);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@Caller() caller: Principal, @Param('id') id: string, @Versions() ifMatch: IfMatch) {
    const { position } = await deleteEndpoint(this.#admin, caller, id, ifMatch);
    return new Reply(undefined, { position });
  }
}

function changed({ endpoint, position }: WrittenEndpoint, caller: Principal): Reply {
  return new Reply(webhookView(endpoint, caller), { version: endpoint.version, position });
}
