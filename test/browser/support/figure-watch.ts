import { setTimeout as delay } from 'node:timers/promises';

/** What the page may be behind its source. */
export const BEHIND_MS = 2_000;
const SAMPLE_MS = 100;

interface Sample {
  readonly at: number;
  readonly values: ReadonlyMap<string, number>;
}

/**
 * What figures really are, asked past the page again and again. One that is shown is right where it lies between the least and
 * the most that its source said within the last two seconds: numbers move while one looks.
 */
export class FigureWatch {
  readonly #ask: () => Promise<ReadonlyMap<string, number>>;
  readonly #stop = new AbortController();
  #samples: Sample[] = [];
  #running: Promise<void> | undefined;

  constructor(ask: () => Promise<ReadonlyMap<string, number>>) {
    this.#ask = ask;
  }

  /** Resolves when it has watched for as long as the page may be behind. */
  async start(): Promise<void> {
    this.#running = this.#run();
    const from = performance.now();
    while (performance.now() - from < BEHIND_MS + 2 * SAMPLE_MS) await delay(SAMPLE_MS);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Those among `shown`, which were read before `until` (monotonic ms), that were never true within the last 2 s. */
  wrong(shown: ReadonlyMap<string, number>, readAt: number): readonly string[] {
    const lately = this.#samples.filter(({ at }) => at >= readAt - BEHIND_MS - SAMPLE_MS);
    return [...shown].flatMap(([name, value]) => {
      const said = lately.flatMap(({ values }) => values.get(name) ?? []);
      // Nothing said of it: there is no such row in the source.
      const least = Math.min(...said, ...(said.length === 0 ? [0] : []));
      const most = Math.max(...said, ...(said.length === 0 ? [0] : []));
      const slack = 1e-6 * Math.max(1, Math.abs(most));
      return value >= least - slack && value <= most + slack
        ? []
        : [`${name} is shown as ${value}, and was ${least} to ${most}`];
    });
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const values = await this.#ask();
      this.#samples = [...this.#samples.slice(-100), { at: performance.now(), values }];
      await delay(SAMPLE_MS);
    }
  }
}
