import { callApi, type Answer } from '../../../support/api-call.ts';
import type { ChaosFacts } from '../judge/facts.ts';

const POSITION = 'hyperhook-control-position';
const WITHIN_MS = 20_000;
const NOBODY = 0;

/** Who is asked, as far as it runs. */
interface Doors {
  readonly rootKey: string;
  readonly publishUrls: readonly string[];
  readonly adminUrls: readonly string[];
}

/**
 * The API of an engine under chaos, as a customer should use it: any copy is asked, the latest control position is echoed (R20),
 * and an answer that does not come is an answer of status 0.
 */
export class Api {
  /** The latest control position that was answered. */
  position = 0;
  /** Answers by call and status, e.g. `POST /events 202`. */
  readonly counts = new Map<string, number>();
  readonly #doors: Doors;
  readonly #facts: ChaosFacts;
  #turn = 0;

  constructor(doors: Doors, facts: ChaosFacts) {
    this.#doors = doors;
    this.#facts = facts;
  }

  publish(body: unknown): Promise<Answer<unknown>> {
    return this.#call(this.#doors.publishUrls, 'POST', '/events', body);
  }

  ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return this.#call<T>(this.#doors.adminUrls, method, path, body);
  }

  /** For what a run relies on, before and after the faults. */
  async must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask<T>(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async #call<T>(urls: readonly string[], method: string, path: string, body: unknown): Promise<Answer<T>> {
    this.#turn += 1;
    const url = urls[this.#turn % Math.max(1, urls.length)];
    const answer = url === undefined ? undefined : await this.#try<T>(url, method, path, body);
    const status = answer?.status ?? NOBODY;
    const key = `${method} ${shape(path)} ${status}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (status === 500) this.#facts.complain('API', `${key}: ${JSON.stringify(answer?.body)}`);
    return answer ?? { status: NOBODY, body: undefined as T };
  }

  async #try<T>(url: string, method: string, path: string, body: unknown): Promise<Answer<T> | undefined> {
    const headers = { [POSITION]: String(this.position) };
    const signal = AbortSignal.timeout(WITHIN_MS);
    const key = this.#doors.rootKey;
    try {
      const answer = await callApi<T>(url, { method, path, body, key, headers, signal });
      this.position = Math.max(this.position, Number(answer.headers.get(POSITION) ?? 0));
      return { status: answer.status, body: answer.body };
    } catch {
      return undefined;
    }
  }
}

/** `/webhooks/wh_1/enable?tenant=a` is one of `/webhooks/:id/enable`. */
function shape(path: string): string {
  return (path.split('?', 1)[0] ?? '').replaceAll(/\/(wh_[^/]+|evt_\d+|chaos\d+|[0-9a-f-]{36})/g, '/:id');
}
