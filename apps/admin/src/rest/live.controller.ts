import type { Principal } from '#http-edge';
import { Get, Inject, Query, StreamableFile } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { openLive } from '../use-cases/open-live.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Authorization, Caller } from './caller.ts';
import { LiveQuery } from './live.query.ts';
import { Reply } from './reply.ts';

/** For pages: what changes, as it happens. */
@AdminController('live')
export class LiveController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async listen(
    @Caller() caller: Principal,
    @Authorization() authorization: string | undefined,
    @Query() query: LiveQuery,
  ) {
    const wantsStats = query.stats === 'true';
    const bytes = openLive(this.#admin, caller, { authorization, wantsStats });
    return new Reply(new StreamableFile(bytes, { type: 'text/event-stream' }), { unbuffered: true });
  }
}
