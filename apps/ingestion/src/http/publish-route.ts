import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PROBLEM_MEDIA_TYPE, STREAMED_BODY } from '#http-edge';
import type { Ingestion } from '../create-ingestion.ts';

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly raw: IncomingMessage;
  readonly url: string;
}

interface Reply {
  code(status: number): this;
  headers(headers: Readonly<Record<string, string>>): this;
  send(body: string): unknown;
}

/** The little of Fastify that is needed; its instance fits. */
interface RouteHost {
  post(
    path: string,
    options: { readonly config: typeof STREAMED_BODY },
    handler: (request: Request, reply: Reply) => Promise<unknown>,
  ): unknown;
}

const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';

/**
 * `POST /api/v1/events`, the one route that every event passes: beside Nest's pipeline, whose guards, interceptors and
 * observables cost as much as the key's check and the scan of the body together (decision 0019). The key is checked before
 * a byte of the body is read. Add it before the server listens.
 */
export function addPublishRoute(host: RouteHost, ingestion: Ingestion): void {
  host.post('/api/v1/events', { config: STREAMED_BODY }, async ({ headers, raw, url }, reply) => {
    try {
      const principal = await ingestion.admit(headers);
      const answer = await ingestion.publish(principal, headers, raw);
      reply.code(answer.status).headers({ ...answer.headers, 'content-type': JSON_MEDIA_TYPE });
      return reply.send(JSON.stringify(answer.body));
    } catch (error) {
      // Without the query: it may hold what somebody took for the place of a key.
      const [path = ''] = url.split('?', 1);
      const { problem, headers: own } = ingestion.refuse(error, path);
      reply.code(problem.status).headers({ ...own, 'content-type': PROBLEM_MEDIA_TYPE });
      return reply.send(JSON.stringify(problem));
    }
  });
}
