import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import type { AuditRow } from '#read-model';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { auditAsk, AuditQuery } from '../rest/audit.query.ts';
import { auditView } from '../rest/audit.view.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { listAudit } from '../use-cases/read-audit.ts';
import { GrpcController } from './grpc-controller.ts';
import { queryOf, type PageMessage } from './page-message.ts';

const SERVICE = 'AuditService';

@GrpcController()
export class AuditService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'ListAudit')
  async list(request: PageMessage, metadata: Metadata) {
    const ask = auditAsk(await checkedDto(AuditQuery, queryOf(request)));
    const { items, next, previous } = await listAudit(this.#admin, callerOf(metadata), ask);
    return { entries: items.map(entryMessage), next, previous };
  }
}

/** What there was is of many forms, and so it stays JSON. */
function entryMessage(row: AuditRow) {
  const { before, after, details, ...rest } = auditView(row);
  const text = (state: object | null) => (state === null ? null : JSON.stringify(state));
  return { ...rest, before: text(before), after: text(after), details: JSON.stringify(details) };
}
