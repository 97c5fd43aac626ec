import { problemOf, PROBLEM_MEDIA_TYPE } from '#http-edge';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { ADMIN } from './admin-token.ts';
import type { EdgeReply, EdgeRequest } from './edge-request.ts';

/** Every error as problem details (RFC 9457); what nobody foresaw is logged here and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: AdminContext['logger'];

  constructor(@Inject(ADMIN) admin: Pick<AdminContext, 'logger'>) {
    this.#logger = admin.logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<EdgeRequest>();
    const reply = host.switchToHttp().getResponse<EdgeReply>();
    const path = request.url.split('?', 1)[0];
    const { problem, headers, unexpected } = problemOf(error, path);
    if (unexpected) this.#logger.error({ err: error, path }, 'request.failed');
    if (reply.sent) return;
    reply
      .status(problem.status)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      .header('cache-control', 'no-store');
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    // As bytes: to text and objects Fastify adds a charset, which this media type does not have.
    reply.send(Buffer.from(JSON.stringify(problem)));
  }
}
