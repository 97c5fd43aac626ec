import { Counter, type Registry } from 'prom-client';

export interface CounterMetric {
  add(labels?: Readonly<Record<string, string | number>>, by?: number): void;
  /** For the hot path: the series of these values, in the order of the labels. Keeps nothing per call. */
  of(...values: readonly string[]): Tally;
}

/** One series of a counter. */
export interface Tally {
  add(by?: number): void;
}

interface Series extends Tally {
  /** What was counted since the last scrape. */
  take(): number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Between the values of a series: no value holds it. */
const BETWEEN = '\u0000';

/**
 * A counter whose hot series are plain numbers: prom-client hashes all labels at each call, which costs more than what is
 * counted here. They are handed over when somebody scrapes.
 */
export class TalliedCounter implements CounterMetric {
  readonly #metric: Counter;
  readonly #labels: readonly string[];
  readonly #series = new Map<string, Series>();

  constructor(registry: Registry, name: string, help: string, labels: readonly string[]) {
    const series = this.#series;
    this.#labels = labels;
    this.#metric = new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        for (const one of series.values()) this.inc({ ...one.labels }, one.take());
      },
    });
  }

  add(labels: Readonly<Record<string, string | number>> = {}, by = 1): void {
    this.#metric.inc({ ...labels }, by);
  }

  of(...values: readonly string[]): Tally {
    const key = values.length === 1 ? (values[0] ?? '') : values.join(BETWEEN);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    const made = seriesOf(Object.fromEntries(this.#labels.map((label, at) => [label, values[at] ?? ''])));
    this.#series.set(key, made);
    return made;
  }
}

function seriesOf(labels: Readonly<Record<string, string>>): Series {
  let count = 0;
  return {
    labels,
    add: (by = 1) => {
      count += by;
    },
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
