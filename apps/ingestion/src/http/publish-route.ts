import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { PROBLEM_MEDIA_TYPE } from '#http-edge';
import type { Ingestion } from '../create-ingestion.ts';

const PATH = '/api/v1/events';
const JSON_MEDIA_TYPE = 'application/json; charset=utf-8';

/**
 * `POST /api/v1/events`, the one route that every event passes: on Node's own server, before Nest and Fastify, whose
 * guards, hooks and reply cost more than the key's check and the scan of the body together (decision 0019). Whatever else is
 * asked goes on to the framework. The key is checked before a byte of the body is read. Add it before the server listens,
 * and before anybody else listens to its requests.
 */
export function addPublishRoute(
  server: Pick<Server, 'listeners' | 'removeAllListeners' | 'on'>,
  ingestion: Ingestion,
): void {
  const framework = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isPublish(request)) void answer(ingestion, request, response);
    else for (const listener of framework) listener.call(server, request, response);
  });
}

function isPublish({ method, url = '' }: IncomingMessage): boolean {
  return (
    method === 'POST' && url.startsWith(PATH) && (url.length === PATH.length || url[PATH.length] === '?')
  );
}

async function answer(
  ingestion: Ingestion,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const principal = await ingestion.admit(request.headers);
    const { status, headers, body } = await ingestion.publish(principal, request.headers, request);
    send(response, status, { ...headers, 'content-type': JSON_MEDIA_TYPE }, body);
  } catch (error) {
    // Without the query: it may hold what somebody took for the place of a key.
    const { problem, headers } = ingestion.refuse(error, PATH);
    send(response, problem.status, { ...headers, 'content-type': PROBLEM_MEDIA_TYPE }, problem);
  }
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
