import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PROBLEM_MEDIA_TYPE } from '#http-edge';
import type { Ingestion } from '../create-ingestion.ts';
import { INGESTION } from '../ingestion.tokens.ts';

/** The part of Fastify's reply that is used. */
interface Reply {
  code(status: number): this;
  headers(headers: Readonly<Record<string, string>>): this;
  send(body: unknown): unknown;
}

/** Every error as problem details; also those of the framework, where the app uses it for all routes. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #ingestion: Ingestion;

  constructor(@Inject(INGESTION) ingestion: Ingestion) {
    this.#ingestion = ingestion;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    // Without the query: it may hold what somebody took for the place of a key.
    const [path = ''] = http.getRequest<{ url: string }>().url.split('?', 1);
    const { problem, headers } = this.#ingestion.refuse(error, path);
    http
      .getResponse<Reply>()
      .code(problem.status)
      .headers({ ...headers, 'content-type': PROBLEM_MEDIA_TYPE })
      .send(problem);
  }
}
