import type { Principal } from '#http-edge';
import { Get, Inject, Query } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { listAudit } from '../use-cases/read-audit.ts';
import { AdminController } from './admin-controller.ts';
import { ADMIN } from './admin-token.ts';
import { auditAsk, AuditQuery } from './audit.query.ts';
import { auditView } from './audit.view.ts';
import { Caller } from './caller.ts';

@AdminController('audit')
export class AuditController {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @Get()
  async list(@Caller() caller: Principal, @Query() query: AuditQuery) {
    const { items, next, previous } = await listAudit(this.#admin, caller, auditAsk(query));
    return { data: items.map(auditView), next, previous };
  }
}
