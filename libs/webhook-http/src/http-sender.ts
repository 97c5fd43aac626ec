import { isIP } from 'node:net';
import { createSecureContext, getCACertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { BlockedAddress } from './blocked-address.ts';
import { ConnectionPool } from './connection-pool.ts';
import { Connection } from './connection.ts';
import type { EgressGuard } from './egress-guard.ts';
import { proxiedConnector, type EgressProxy } from './egress-proxy.ts';
import { Exchange } from './exchange.ts';
import { NotStarted, type AttemptReport, type Sender, type SendRequest } from './sender.ts';

/** Counts how often an event came round: whoever publishes what a delivery brought hands it on, and is stopped in time. */
const HOP_HEADER = 'X-Hyperhook-Hop';

export interface HttpSenderOptions {
  readonly egress: Pick<EgressGuard, 'lookup' | 'allowsAddress'>;
  readonly userAgent: string;
  /** Idle connections kept over all origins; default 512. Busy ones are bounded by the caller's slots. */
  readonly maxIdleSockets?: number;
  /** Certificates (PEM) trusted beside the public ones: a private installation's own authority. */
  readonly extraCa?: readonly string[];
  /** All deliveries go through it; absent: none does, whatever the environment says. */
  readonly proxy?: EgressProxy | undefined;
  /** Largest response head; default 16 KiB. */
  readonly maxHeaderBytes?: number;
}

/**
 * Requests over HTTP/1.1 with kept connections: no redirects, no cookies, no proxy from the environment, no
 * decompression, TLS 1.2 or newer and always verified. Addresses pass the egress guard at every connect.
 *
 * 1. One call of `send` writes at most one request (P4): nothing here or in undici sends a POST again.
 * 2. A call ends within `timeoutMs` plus 2 s for the body, whatever the receiver does.
 */
export function createHttpSender(options: HttpSenderOptions): Sender {
  const connect = guardedConnector(options);
  const maxHeaderBytes = options.maxHeaderBytes ?? 16 * 1_024;
  const pool = new ConnectionPool({
    open: (origin) => new Connection(origin, connect, maxHeaderBytes),
    maxIdle: options.maxIdleSockets ?? 512,
  });
  let inFlight = 0;
  let closing = false;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();

  const send = (request: SendRequest): Promise<AttemptReport> =>
    new Promise((resolve, reject) => {
      let connection: Connection | undefined;
      inFlight += 1;
      const exchange = new Exchange(request, ({ report, reusable }) => {
        inFlight -= 1;
        if (closing && inFlight === 0) end();
        if (reusable && connection !== undefined) pool.giveBack(connection);
        else connection?.drop();
        if (report instanceof NotStarted) reject(report);
        else resolve(report);
      });
      try {
        connection = pool.borrow(request.target.origin);
        const { path } = request.target;
        const headers = wireHeaders(request, options.userAgent);
        connection.client.dispatch({ method: 'POST', path, headers, body: request.body }, exchange);
      } catch (error) {
        exchange.fail(error);
      }
    });

  return {
    send(request) {
      if (closing) return Promise.reject(new Error('the sender is closed'));
      return send(request);
    },
    async close() {
      closing = true;
      pool.close();
      if (inFlight > 0) await ended;
    },
  };
}

/** undici takes a flat list of names and values as it is. */
function wireHeaders({ headers, hop = 0 }: SendRequest, userAgent: string): string[] {
  const list = ['User-Agent', userAgent, 'Accept-Encoding', 'identity', HOP_HEADER, String(hop + 1)];
  for (const name in headers) {
    if (Object.hasOwn(headers, name)) list.push(name, headers[name] ?? '');
  }
  return list;
}

function guardedConnector({ egress, extraCa, proxy }: HttpSenderOptions): buildConnector.connector {
  const direct = buildConnector({
    timeout: 0,
    lookup: egress.lookup,
    rejectUnauthorized: true,
    // One context for all: parsing the authorities again for every connection costs milliseconds and memory.
    secureContext: createSecureContext({
      minVersion: 'TLSv1.2',
      ...(extraCa === undefined ? {} : { ca: [...getCACertificates('default'), ...extraCa] }),
    }),
  });
  const base = proxy === undefined ? direct : proxiedConnector(proxy, direct);
  return (target, callback) => {
    // Node resolves nothing for a literal, so `lookup` never sees it.
    if (isIP(target.hostname) !== 0 && !egress.allowsAddress(target.hostname)) {
      callback(new BlockedAddress(), null);
      return undefined;
    }
    return base(target, callback);
  };
}
