const POSITION = 'hyperhook-control-position';

/** Base URLs of the processes that answer; in one process both are the same. */
export interface Doors {
  /** Administration and history. */
  readonly admin: string;
  /** Publishing. */
  readonly ingestion: string;
}

/**
 * The engine's REST API, as a customer's script would call it: it echoes the position that the last change was answered
 * with, so that the next process it asks has heard of it.
 */
export class Api {
  readonly #doors: Doors;
  readonly #key: string;
  #position: string | null = null;

  constructor(doors: Doors, key: string) {
    this.#doors = doors;
    this.#key = key;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#call<T>('POST', path, body);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>('PATCH', path, body);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const base = method === 'POST' && path === '/events' ? this.#doors.ingestion : this.#doors.admin;
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(this.#position === null ? {} : { [POSITION]: this.#position }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.#position = response.headers.get(POSITION) ?? this.#position;
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
