import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problem, PROBLEM_MEDIA_TYPE, type Problem } from './problem.ts';
import { problemOf } from './problem-of.ts';

/** The part of Fastify's reply that is used; its own methods are typed by routes, and here is none. */
interface Reply {
  readonly raw: {
    writeHead(status: number, headers: Record<string, string>): unknown;
    end(body: string): unknown;
  };
}

/** A sender that drips holds memory; a healthy one has sent 16 MiB long before. */
const REQUEST_MS = 60_000;

/**
 * Options for the Fastify server of each app. Without them a request may take for ever to arrive, and what fails before
 * any route is known (unreadable HTTP, oversized headers, broken URLs) would not be answered as a problem.
 */
export const serverOptions = {
  requestTimeout: REQUEST_MS,
  trustProxy: false,
  /** HTTP itself cannot be read: there is no request to answer, only a socket. */
  clientErrorHandler(error: Error & { readonly code?: string | undefined }, socket: Socket): void {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (socket.writable) socket.write(rawAnswer(clientProblem(error.code)));
    socket.destroy(error);
  },
  /** The URL cannot be decoded: no route, so no filter of the framework above either. */
  frameworkErrors(error: Error, request: { readonly url: string }, reply: Reply): void {
    const found = problemOf(error, request.url.split('?', 1)[0]).problem;
    reply.raw.writeHead(found.status, { 'content-type': PROBLEM_MEDIA_TYPE });
    reply.raw.end(JSON.stringify(found));
  },
} as const;

function clientProblem(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem('request_timeout', `a request must arrive within ${REQUEST_MS / 1_000} seconds`);
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem(
      'headers_too_large',
      'the request headers are larger than 16 KiB; send fewer or shorter ones',
    );
  }
  return problem('bad_request', 'what was sent is not HTTP/1.1');
}

function rawAnswer(found: Problem): string {
  const body = JSON.stringify(found);
  const head = [
    `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
