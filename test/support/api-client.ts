const POSITION = 'hyperhook-control-position';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/**
 * A client of the REST API as docs/api.md asks for one: it echoes the latest control position that it was answered, so
 * that what it changed at one process is known to the next one it asks (R20).
 */
export class ApiClient {
  readonly #urlFor: (method: string, path: string) => string;
  #position = -1;

  /** `urlFor`: base URL of the process that answers this call. */
  constructor(urlFor: (method: string, path: string) => string) {
    this.#urlFor = urlFor;
  }

  async call<T>(method: string, path: string, body: unknown, key: string): Promise<Answer<T>> {
    const response = await fetch(`${this.#urlFor(method, path)}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(this.#position < 0 ? {} : { [POSITION]: String(this.#position) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.#position = Math.max(this.#position, Number(response.headers.get(POSITION) ?? -1));
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  /** The same, for calls that a test relies on. */
  async must<T>(method: string, path: string, body: unknown, key: string): Promise<T> {
    const answer = await this.call<T>(method, path, body, key);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
