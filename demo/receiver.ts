import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';

/** How a provider's page tells its users to check a request. */
export interface PageRules {
  readonly header: string;
  readonly prefix: string;
  /** What the page names as the key for deduplication; null: it names none. */
  readonly dedupe: ((body: Record<string, unknown>) => unknown) | null;
  /** Seconds that a signed timestamp may be old (Hyperspell). */
  readonly tolerance: number | null;
  readonly missing: 401 | 403;
  readonly wrong: 401 | 403;
}

export const pages: Readonly<Record<string, PageRules>> = {
  hyperspell: {
    header: 'x-hyperspell-signature',
    prefix: '',
    dedupe: null,
    tolerance: 300,
    missing: 401,
    wrong: 401,
  },
  hypertune: {
    header: 'x-hypertune-signature',
    prefix: '',
    dedupe: (body) => body['id'],
    tolerance: null,
    missing: 401,
    wrong: 403,
  },
  hyperleap: {
    header: 'x-hyperleap-signature',
    prefix: 'sha256=',
    dedupe: (body) => body['deliveryId'],
    tolerance: null,
    missing: 401,
    wrong: 401,
  },
  hyprwatch: {
    header: 'x-hyprwatch-signature',
    prefix: 'sha256=',
    dedupe: (body) => body['id'],
    tolerance: null,
    missing: 401,
    wrong: 401,
  },
};

/** What a receiver saw of one request. */
export interface Seen {
  readonly status: number;
  readonly verified: boolean;
  readonly repeated: boolean;
  readonly bytes: number;
}

export interface ReceiverSetup {
  readonly rules: PageRules | null;
  /** Before its own checks: a status to answer with, or null to go on. `nth` counts requests from 0. */
  readonly mood?: (nth: number) => number | null;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A customer's server that does what its provider's page says, and nothing else. */
export class DemoReceiver {
  secret = '';
  mood: (nth: number) => number | null;
  readonly seen: Seen[] = [];
  readonly #rules: PageRules | null;
  readonly #tls: ReceiverSetup['tls'];
  readonly #known = new Set<unknown>();
  readonly #server: ReturnType<typeof createHttp> | ReturnType<typeof createHttps>;

  constructor(setup: ReceiverSetup) {
    this.#rules = setup.rules;
    this.#tls = setup.tls;
    this.mood = setup.mood ?? (() => null);
    const handle = (
      request: { headers: IncomingHttpHeaders } & NodeJS.ReadableStream,
      answer: (status: number) => void,
    ) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(this.#receive(request.headers, Buffer.concat(chunks))));
    };
    this.#server =
      setup.tls === undefined
        ? createHttp((request, response) => handle(request, (status) => response.writeHead(status).end()))
        : createHttps(setup.tls, (request, response) =>
            handle(request, (status) => response.writeHead(status).end()),
          );
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/webhooks`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #receive(headers: IncomingHttpHeaders, body: Buffer): number {
    const moody = this.mood(this.seen.length);
    const checked = this.#check(headers, body);
    const status = moody ?? checked.status;
    this.seen.push({ ...checked, status, bytes: body.byteLength });
    return status;
  }

  #check(headers: IncomingHttpHeaders, body: Buffer): Pick<Seen, 'status' | 'verified' | 'repeated'> {
    const rules = this.#rules;
    if (rules === null) return { status: 204, verified: true, repeated: false };
    const given = headers[rules.header];
    const refused = (status: number) => ({ status, verified: false, repeated: false });
    if (typeof given !== 'string') return refused(rules.missing);
    const expected = rules.prefix + createHmac('sha256', this.secret).update(body).digest('hex');
    const equal =
      given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
    if (!equal) return refused(rules.wrong);
    const parsed = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (rules.tolerance !== null && Number(parsed['timestamp']) < Date.now() / 1_000 - rules.tolerance) {
      return refused(401);
    }
    const key = rules.dedupe?.(parsed);
    const repeated = key !== undefined && this.#known.has(key);
    if (key !== undefined) this.#known.add(key);
    return { status: 200, verified: true, repeated };
  }
}
