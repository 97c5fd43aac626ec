import type { Principal } from '#http-edge';
import { Body, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { eraseData } from '../use-cases/erase-data.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { EraseRequest } from './erase.requests.ts';
import { erasingView } from './erasing.view.ts';
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
    const erasing = await eraseData(this.#admin, caller, id, {
      eventIds: body.event_ids,
      match: body.match,
    });
    return new Reply(erasingView(id, erasing), { position: erasing.position });
  }
}
