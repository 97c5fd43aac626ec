import type { Principal } from '#http-edge';
import { Body, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { redriveRecord } from '../use-cases/redrive-record.ts';
import { readProcesses } from '../use-cases/read-processes.ts';
import { getOverview, listMinutes, listQuarantine } from '../use-cases/read-operations.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { limitOf, QuarantineQuery, TenantQuery } from './list.queries.ts';
import { RedriveRequest } from './redrive.request.ts';
import { redrivenView } from './redriven.view.ts';
import { Reply } from './reply.ts';
import { processesView } from './processes.view.ts';
import { minuteView, quarantineView, statsView } from './stats.view.ts';

/** What an operator looks at; of the whole installation. */
@AdminController('')
export class OperationsController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get('stats')
  async stats(@Caller() caller: Principal, @Query() _query: TenantQuery) {
    return statsView(await getOverview(this.#admin, caller));
  }

  @Get('stats/minutes')
  async minutes(@Caller() caller: Principal, @Query() _query: TenantQuery) {
    return { data: (await listMinutes(this.#admin, caller)).map(minuteView) };
  }

  @Get('processes')
  async processes(@Caller() caller: Principal, @Query() _query: TenantQuery) {
    return processesView(await readProcesses(this.#admin, caller));
  }

  @Get('quarantine')
  async quarantine(@Caller() caller: Principal, @Query() query: QuarantineQuery) {
    const { after, before } = query;
    const page = await listQuarantine(this.#admin, caller, { after, before, limit: limitOf(query) });
    return { data: page.items.map(quarantineView), next: page.next, previous: page.previous };
  }

  @Post('quarantine/redrive')
  @HttpCode(200)
  async redrive(
    @Caller() caller: Principal,
    @Query() _query: TenantQuery,
    @Body() { topic, partition, offset }: RedriveRequest,
  ) {
    const place = { topic, partition, offset };
    const redriven = await redriveRecord(this.#admin, caller, place);
    const { position } = redriven;
    return new Reply(redrivenView(place, redriven), position === undefined ? {} : { position });
  }
}
