import { CONTROL_POSITION_HEADER, Refused } from '#http-edge';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { admitCaller } from '../use-cases/admit-caller.ts';
import { countRequest } from '../use-cases/count-request.ts';
import { pointerStep } from '../use-cases/refused-field.ts';
import { ADMIN } from './admin-token.ts';
import type { EdgeReply, EdgeRequest } from './edge-request.ts';
import { takesQuery } from './route-arguments.ts';

/** Who asks, by the credential alone; a root key may name the tenant it acts for in `?tenant=`. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    const reply = execution.switchToHttp().getResponse<EdgeReply>();
    const { headers, query } = request;
    const principal = await admitCaller(this.#admin, {
      authorization: headers.authorization,
      [CONTROL_POSITION_HEADER]: single(headers[CONTROL_POSITION_HEADER]),
      tenant: named(query['tenant']),
    });
    countRequest(this.#admin.keyRates, principal, (name, value) => reply.header(name, value));
    request.principal = principal;
    if (!takesQuery(execution.getClass<object>(), execution.getHandler().name)) refuseUnknown(query);
    return true;
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

/** Where no class checks the query: a misspelt parameter is told, as everywhere. */
function refuseUnknown(query: EdgeRequest['query']): void {
  const unknown = Object.keys(query).filter((name) => name !== 'tenant');
  if (unknown.length === 0) return;
  const detail = 'no such parameter; the known ones are: tenant';
  const errors = unknown.map((name) => ({ pointer: `/${pointerStep(name)}`, code: 'unknown_field', detail }));
  throw new Refused('validation_failed', detail, { errors });
}

function named(tenant: unknown): string | undefined {
  if (tenant === undefined || typeof tenant === 'string') return tenant;
  throw new Refused('validation_failed', '"tenant" must be named once');
}
