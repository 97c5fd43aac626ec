import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { callerOf, loadProtocol } from '#grpc-edge';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { ADMIN } from '../rest/admin-token.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { answerOnce } from '../use-cases/answer-once.ts';
import { Answer } from './answer.ts';

type UnaryCall = Pick<ServerUnaryCall<unknown, unknown>, 'getPath'>;

/** Any call that changes something may carry an idempotency key; without one nothing here asks the database anything. */
@Injectable()
export class OnceInterceptor implements NestInterceptor {
  readonly #admin: AdminContext;
  readonly #protocol = loadProtocol();

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const [request, metadata, call] = execution.getArgs<[unknown, Metadata, UnaryCall]>();
    const keys = metadata.get('idempotency-key');
    const path = call.getPath();
    if (keys.length === 0 || this.#protocol.isRead(path)) return next.handle();
    return from(this.#once({ path, request, metadata }, keys.join(', '), next));
  }

  async #once(
    {
      path,
      request,
      metadata,
    }: { readonly path: string; readonly request: unknown; readonly metadata: Metadata },
    key: string,
    next: CallHandler,
  ): Promise<Answer> {
    const principal = callerOf(metadata);
    const work = async () => {
      const value: unknown = await lastValueFrom(next.handle());
      if (value instanceof Answer) return { message: value.message, position: value.position };
      return { message: value as object };
    };
    const ask = { key, request: [path, principal.tenantId, request] };
    const once = await answerOnce<{ readonly message: object; readonly position?: number | undefined }>(
      this.#admin,
      principal,
      ask,
      work,
    );
    return new Answer(once.answer.message, once.answer.position, once.replayed);
  }
}
