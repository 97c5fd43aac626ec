import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { scanJson } from '#contracts';
import { readJsonBody } from './read-body.ts';

interface Request {
  readonly headers: IncomingHttpHeaders;
}

/** The little of Fastify that is needed; its instance fits. */
interface ParserHost {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    parser: (request: Request, payload: Readable) => Promise<unknown>,
  ): unknown;
}

/**
 * One parser for all routes of an app, in place of Fastify's (create the Nest app with `bodyParser: false`): reads JSON
 * by the same strict rules as events (UTF-8, no duplicate keys, bounded depth), at most `maxBytes`. Errors are
 * {@link Refused} and JsonError, for the app's filter.
 */
export function acceptJsonBodies(host: ParserHost, maxBytes: number): void {
  host.removeAllContentTypeParsers();
  host.addContentTypeParser('*', async (request, payload) => {
    // Clients like to send the type also where there is nothing to send (POST …/enable): RFC 9112 §6.3, no length and
    // no chunks is no body.
    const { 'content-length': length, 'transfer-encoding': chunks } = request.headers;
    if (chunks === undefined && (length === undefined || length === '0')) return undefined;
    return scanJson(await readJsonBody(payload, request.headers, maxBytes)).value();
  });
}
