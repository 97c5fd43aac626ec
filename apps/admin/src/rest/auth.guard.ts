import { CONTROL_POSITION_HEADER, Refused } from '#http-edge';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { admitCaller } from '../use-cases/admit-caller.ts';
import { ADMIN } from './admin-token.ts';
import type { EdgeRequest } from './edge-request.ts';

/** Who asks, by the credential alone; a root key may name the tenant it acts for in `?tenant=`. */
@Injectable()
export class AuthGuard implements CanActivate {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    const { headers, query } = request;
    request.principal = await admitCaller(this.#admin, {
      authorization: headers.authorization,
      [CONTROL_POSITION_HEADER]: single(headers[CONTROL_POSITION_HEADER]),
      tenant: named(query['tenant']),
    });
    return true;
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function named(tenant: unknown): string | undefined {
  if (tenant === undefined || typeof tenant === 'string') return tenant;
  throw new Refused('validation_failed', '"tenant" must be named once');
}
