import type { Principal } from '#http-edge';
import { Get, Inject, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { readActivity } from '../use-cases/read-activity.ts';
import { ActivityQuery } from './activity.query.ts';
import { activityView } from './activity.view.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';

/** For lists of webhooks: how each did in the last day, by one call. */
@AdminController('activity')
export class ActivityController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: ActivityQuery) {
    const activity = await readActivity(this.#admin, caller, query.webhooks?.split(','));
    return { data: activity.map(activityView) };
  }
}
