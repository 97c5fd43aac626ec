import type { ServerUnaryCall } from '@grpc/grpc-js';
import { failureOf } from '#grpc-edge';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { ADMIN } from '../rest/admin-token.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { adminServices } from './admin-services.ts';

/** Every error as the end of its call; what nobody foresaw is logged here and told to nobody. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    const call = host.getArgByIndex<Pick<ServerUnaryCall<unknown, unknown>, 'getPath'>>(2);
    return throwError(() => failureOf(adminServices(this.#admin).refuse(error, call.getPath())));
  }
}
