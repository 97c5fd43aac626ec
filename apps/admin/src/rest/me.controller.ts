import type { Principal } from '#http-edge';
import { Get, Inject } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { tenantById } from '../use-cases/acting-for.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { Caller } from './caller.ts';
import { meView } from './me.view.ts';

/** What the caller's credential is good for. A page begins with it: a token says nothing to those who hold it. */
@AdminController('me')
export class MeController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  get(@Caller() caller: Principal) {
    const { tenantId } = caller;
    return meView(caller, tenantId === null ? null : tenantById(this.#admin, tenantId));
  }
}
