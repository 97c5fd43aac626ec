import { NoAnswer } from './no-answer.ts';
import { problemAnswer } from './problem-answer.ts';

const POSITION = 'hyperhook-control-position';
/** Longer than the engine waits for the outcome of a test event. */
const WITHIN_MS = 60_000;

export interface Access {
  /** Without `/api/v1`. */
  readonly url: string;
  readonly publishUrl: string;
  readonly key: string;
}

export interface Request {
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** JSON as it is: numbers keep their spelling. */
  readonly json?: string;
}

/** One page of a list. */
interface Page<T> {
  readonly data: readonly T[];
  readonly next: string | null;
}

const MOST_ON_A_PAGE = 100;

/**
 * The REST API, and nothing else of the engine. Echoes the latest control position that it was answered, so that what one
 * process changed is known to the next one (R20). Throws ProblemAnswer and {@link NoAnswer}.
 */
export class Client {
  readonly #access: Access;
  #position: string | undefined;

  constructor(access: Access) {
    this.#access = access;
  }

  async call<T>(method: string, path: string, request: Request = {}): Promise<T> {
    const response = await this.open(method, path, request);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** All that there is up to `limit`, page by page. */
  async list<T>(path: string, limit: number, query: Request['query'] = {}): Promise<readonly T[]> {
    const found: T[] = [];
    for (let after: string | undefined; found.length < limit;) {
      const size = String(Math.min(MOST_ON_A_PAGE, limit - found.length));
      const page = await this.call<Page<T>>('GET', path, { query: { ...query, limit: size, after } });
      found.push(...page.data);
      if (page.next === null) break;
      after = page.next;
    }
    return found;
  }

  /** The answer with its body unread, for streams. */
  async open(method: string, path: string, { query = {}, body, json }: Request = {}): Promise<Response> {
    const { url, publishUrl, key } = this.#access;
    const base = method === 'POST' && path === '/events' ? publishUrl : url;
    const text = json ?? (body === undefined ? undefined : JSON.stringify(body));
    let response: Response;
    try {
      response = await fetch(target(base, path, query), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.#position === undefined ? {} : { [POSITION]: this.#position }),
        },
        ...(text === undefined ? {} : { body: text }),
        signal: AbortSignal.timeout(WITHIN_MS),
        // A key must not go where somebody else's answer points to.
        redirect: 'error',
      });
    } catch (cause) {
      throw new NoAnswer(
        `${base} does not answer (${reasonOf(cause)}); is the engine running? --api-url says where`,
        {
          cause,
        },
      );
    }
    this.#position = response.headers.get(POSITION) ?? this.#position;
    if (!response.ok) throw problemAnswer(response.status, await response.text());
    return response;
  }
}

function target(base: string, path: string, query: NonNullable<Request['query']>): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}/api/v1${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & {
    readonly cause?: { readonly code?: string; readonly message?: string };
  };
  return cause?.code ?? cause?.message ?? message;
}
