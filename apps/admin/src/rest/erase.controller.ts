import type { Principal } from '#http-edge';
import { Body, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { eraseData } from '../use-cases/erase-data.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { EraseRequest } from './erase.requests.ts';
import { isoTime } from './iso-time.ts';
import { TenantQuery } from './list.queries.ts';
import { Reply } from './reply.ts';

/** The operator's. */
@AdminController('tenants/:id/erase')
export class EraseController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  @HttpCode(202)
  async erase(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() _query: TenantQuery,
    @Body() body: EraseRequest,
  ) {
    const { events, at, position } = await eraseData(this.#admin, caller, id, {
      eventIds: body.event_ids,
      match: body.match,
    });
    return new Reply({ tenant: id, events, accepted_until: isoTime(at) }, { position });
  }
}
