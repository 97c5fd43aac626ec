import type { BurstEngine } from './burst.ts';
import type { KafkaEngine } from './kafka-engine.ts';

/** One answer to a publisher; status 0: none came. */
export interface PublishAnswer {
  readonly at: number;
  readonly tookMs: number;
  readonly status: number;
  readonly retryAfter: string | null;
  /** With what status each event was refused that was, where a batch was taken in part (207). */
  readonly refused: readonly number[];
}

const WINDOW_MS = 1_000;
const PARTLY = 207;

/** An engine for a burst that writes down how publishers were answered, and when. Times are epoch ms. */
export class PublishWatch implements BurstEngine {
  readonly answers: PublishAnswer[] = [];
  readonly #engine: KafkaEngine;

  constructor(engine: KafkaEngine) {
    this.#engine = engine;
  }

  must<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.#engine.must(method, path, body);
  }

  async call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const began = Date.now();
    const note = (status: number, retryAfter: string | null, refused: readonly number[] = []): void => {
      const at = Date.now();
      this.answers.push({ at, tookMs: at - began, status, retryAfter, refused });
    };
    try {
      const response = await fetch(`${this.#engine.one('ingestion').url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#engine.rootKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const refused = response.status === PARTLY ? refusedIn(text) : [];
      note(response.status, response.headers.get('retry-after'), refused);
      return { status: response.status, body: text };
    } catch (error) {
      note(0, null);
      throw error;
    }
  }

  between(from: number, to: number): readonly PublishAnswer[] {
    return this.answers.filter(({ at }) => at >= from && at < to);
  }

  /**
   * Ms from `since` until publishers get 202 again at half the rate (or more) that they had in the second before `fault`;
   * undefined: not yet, as far as was watched.
   */
  rateBackAfter(since: number, fault: number): number | undefined {
    const good = this.answers.filter(({ status }) => status === 202).map(({ at }) => at);
    const countIn = (from: number): number => good.filter((at) => at >= from && at < from + WINDOW_MS).length;
    const before = countIn(fault - WINDOW_MS);
    const back = good.find((at) => at >= since && countIn(at) >= before / 2);
    return back === undefined ? undefined : back - since;
  }
}

function refusedIn(body: string): readonly number[] {
  const entries = JSON.parse(body) as { readonly problem?: { readonly status: number } }[];
  return entries.flatMap(({ problem }) => (problem === undefined ? [] : [problem.status]));
}
