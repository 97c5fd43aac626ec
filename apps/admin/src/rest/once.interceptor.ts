import { Refused } from '#http-edge';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { answerOnce } from '../use-cases/answer-once.ts';
import { ADMIN } from './admin-token.ts';
import type { EdgeRequest } from './edge-request.ts';
import { Reply, type ReplyHead } from './reply.ts';

/** Every POST may carry an Idempotency-Key; without one nothing here asks the database anything. */
@Injectable()
export class OnceInterceptor implements NestInterceptor {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<EdgeRequest>();
    const key = request.headers['idempotency-key'];
    return request.method === 'POST' && key !== undefined
      ? from(this.#once(request, Array.isArray(key) ? key.join(', ') : key, next))
      : next.handle();
  }

  async #once(request: EdgeRequest, key: string, next: CallHandler): Promise<Reply> {
    const { principal, headers, url, body = null } = request;
    if (principal === undefined) throw new Refused('missing_key', 'an API key is required');
    const said = [url.split('?', 1)[0], principal.tenantId, headers['if-match'] ?? null, body];
    const work = async () => {
      const value: unknown = await lastValueFrom(next.handle());
      return value instanceof Reply ? { body: value.body, head: value.head } : { body: value, head: {} };
    };
    const ask = { key, request: said };
    const { answer, replayed } = await answerOnce<{ body: unknown; head: ReplyHead }>(
      this.#admin,
      principal,
      ask,
      work,
    );
    return new Reply(answer.body, { ...answer.head, replayed });
  }
}
