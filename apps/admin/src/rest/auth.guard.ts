import { CONTROL_POSITION_HEADER, passEchoedPosition, principalOf, Refused } from '#http-edge';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { actingFor } from '../use-cases/acting-for.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
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
    const { control, log, logger, now } = this.#admin;
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    const { headers, query } = request;
    // Before the table is asked: an echo may speak of the very key, or tenant, that this request names (R20).
    await passEchoedPosition(
      { control, log, onPastEnd: (position, end) => logger.warn({ position, end }, 'control.echo_past_end') },
      single(headers[CONTROL_POSITION_HEADER]),
    );
    const principal = principalOf(control.table, headers.authorization, now());
    request.principal = actingFor(principal, control.table, named(query['tenant']));
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
