import type { Principal } from '#http-edge';
import { Body, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { changeReplay, type ReplayChange } from '../use-cases/change-replay.ts';
import { getReplay, listReplays } from '../use-cases/read-replays.ts';
import { planReplay, startReplay } from '../use-cases/start-replay.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { limitOf, ListQuery } from './list.queries.ts';
import { replayAsk } from './replay-ask.ts';
import { StartReplayRequest, UpdateReplayRequest } from './replay.requests.ts';
import { outcomesView, replayPlanView, replayStarted, replayView } from './replay.view.ts';
import { Reply } from './reply.ts';

/** Jobs that send many deliveries again. */
@AdminController('replays')
export class ReplaysController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Post()
  @HttpCode(202)
  async start(@Caller() caller: Principal, @Body() body: StartReplayRequest) {
    const ask = replayAsk(body);
    if (body.dry_run === true) {
      return new Reply(replayPlanView(await planReplay(this.#admin, caller, ask)), { status: 200 });
    }
    return replayStarted(await startReplay(this.#admin, caller, ask));
  }

  @Get()
  list(@Caller() caller: Principal, @Query() query: ListQuery) {
    const page = listReplays(this.#admin, caller, { after: query.after, limit: limitOf(query) });
    return { data: page.items.map(replayView), next: page.next };
  }

  @Get(':id')
  async get(@Caller() caller: Principal, @Param('id') id: string) {
    const { job, outcomes } = await getReplay(this.#admin, caller, id);
    return { ...replayView(job), outcomes: outcomesView(outcomes) };
  }

  @Patch(':id')
  async patch(@Caller() caller: Principal, @Param('id') id: string, @Body() body: UpdateReplayRequest) {
    return this.#change(caller, id, { type: 'set-rate', ratePerSecond: body.rate });
  }

  @Post(':id/pause')
  @HttpCode(200)
  async pause(@Caller() caller: Principal, @Param('id') id: string) {
    return this.#change(caller, id, { type: 'pause' });
  }

  @Post(':id/resume')
  @HttpCode(200)
  async resume(@Caller() caller: Principal, @Param('id') id: string) {
    return this.#change(caller, id, { type: 'resume' });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@Caller() caller: Principal, @Param('id') id: string) {
    return this.#change(caller, id, { type: 'cancel' });
  }

  async #change(caller: Principal, id: string, change: ReplayChange): Promise<Reply> {
    const { job, position } = await changeReplay(this.#admin, caller, id, change);
    return new Reply(replayView(job), { position });
  }
}
