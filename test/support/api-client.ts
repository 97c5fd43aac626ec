import { callApi, mustBe, type Answer } from './api-call.ts';

const POSITION = 'hyperhook-control-position';

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
    const echo = this.#position < 0 ? {} : { [POSITION]: String(this.#position) };
    const url = this.#urlFor(method, path);
    const { headers, ...answer } = await callApi<T>(url, { method, path, body, key, headers: echo });
    this.#position = Math.max(this.#position, Number(headers.get(POSITION) ?? -1));
    return answer;
  }

  /** The same, for calls that a test relies on. */
  async must<T>(method: string, path: string, body: unknown, key: string): Promise<T> {
    return mustBe(await this.call<T>(method, path, body, key), method, path);
  }
}
