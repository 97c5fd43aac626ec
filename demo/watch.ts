import type { Api } from './api.ts';
import { dim, statusText, type Screen } from './screen.ts';

export interface DeliveryView {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string;
  readonly type: string;
  readonly tenant: string;
  readonly status: string;
  readonly reason: string | null;
  readonly asked_by: string;
  readonly attempts: number;
  readonly last_status_code: number | null;
  readonly last_error: string | null;
  readonly next_attempt_at: string | null;
  readonly updated_at: string;
}

export interface AttemptView {
  readonly attempt: number;
  readonly chain: number;
  readonly result: string;
  readonly at: string;
  readonly next_attempt_at: string | null;
  readonly waits_in: readonly string[] | null;
}

export interface DeliveryDetail extends DeliveryView {
  readonly attempt_log: readonly AttemptView[];
}

export interface WatchOptions {
  /** Real time to contract time. */
  readonly timeScale: number;
  /** Ends every wait. */
  readonly signal: AbortSignal;
}

const EVERY_MS = 50;

/** Follows all deliveries over the API, as a dashboard would, and prints a line for each that changed. */
export class Watch {
  readonly #api: Api;
  readonly #screen: Screen;
  readonly #options: WatchOptions;
  readonly #seen = new Map<string, string>();
  deliveries: readonly DeliveryView[] = [];

  constructor(api: Api, screen: Screen, options: WatchOptions) {
    this.#api = api;
    this.#screen = screen;
    this.#options = options;
  }

  /** Until `reached`, or throws what was last missing after `withinMs`. `reached` gives null, or what it waits for. */
  async until(reached: (all: readonly DeliveryView[]) => string | null, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      this.#options.signal.throwIfAborted();
      await this.#look();
      const missing = reached(this.deliveries);
      if (missing === null) return;
      if (performance.now() > deadline) throw new Error(`waited ${withinMs / 1_000} s for ${missing}`);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  detail(id: string): Promise<DeliveryDetail> {
    return this.#api.get<DeliveryDetail>(`/deliveries/${id}`);
  }

  async #look(): Promise<void> {
    const { data } = await this.#api.get<{ data: DeliveryView[] }>('/deliveries?limit=100');
    this.deliveries = data;
    const fresh = data
      .filter((one) => this.#seen.get(one.id) !== stateOf(one))
      .toSorted((a, b) => a.updated_at.localeCompare(b.updated_at));
    for (const one of fresh) {
      this.#seen.set(one.id, stateOf(one));
      this.#screen.line(this.#lineOf(one));
    }
    const settled = data.filter(({ status }) => status !== 'pending' && status !== 'held').length;
    this.#screen.progress(settled, data.length, this.#waitOf(data));
  }

  /** The delay as the page says it, and how long it takes here. */
  #delayOf(one: DeliveryView, until: string): string {
    const ms = Date.parse(until) - Date.parse(one.updated_at);
    const seconds = Math.round(ms / this.#options.timeScale / 1_000);
    return `waits ${inWords(seconds)} (here ${(ms / 1_000).toFixed(2)} s)`;
  }

  /** What the progress bar says about the longest wait: nothing moves meanwhile. */
  #waitOf(all: readonly DeliveryView[]): string {
    const times = all.flatMap((one) =>
      one.next_attempt_at === null ? [] : [Date.parse(one.next_attempt_at)],
    );
    const left = Math.ceil((Math.min(...times) - Date.now()) / 1_000);
    return Number.isFinite(left) && left > 0 ? `, next try in ${left} s` : '';
  }

  #lineOf(one: DeliveryView): string {
    const who = one.tenant.replace('demo-', '').padEnd(6);
    const answer = one.last_status_code ?? one.last_error ?? '–';
    const next = one.next_attempt_at === null ? '' : dim(` ${this.#delayOf(one, one.next_attempt_at)}`);
    const why = one.reason === null ? '' : dim(` ${one.reason}`);
    const asked = one.asked_by === 'event' ? '' : dim(` (${one.asked_by})`);
    const attempt = (one.attempts === 0 ? 'no attempt' : `attempt ${one.attempts}`).padEnd(10);
    return `${this.#screen.stamp()}  ${who} ${one.type.padEnd(21)} ${attempt} ${String(answer).padEnd(4)} ${statusText(one.status)}${why}${asked}${next}`;
  }
}

function stateOf(one: DeliveryView): string {
  return `${one.status}/${one.asked_by}/${one.attempts}/${one.next_attempt_at}`;
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
