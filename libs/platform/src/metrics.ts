import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Looking at the event loop every 10 ms, as is usual, wakes a process that has nothing to do: 1 % of a core. */
const LOOP_PRECISION_MS = 100;

type Labels = Readonly<Record<string, string | number>>;

export interface CounterMetric {
  add(labels?: Labels, by?: number): void;
}
export interface GaugeMetric {
  set(value: number, labels?: Labels): void;
}
export interface HistogramMetric {
  /** In base units: seconds, bytes. */
  observe(value: number, labels?: Labels): void;
}

/** One registry per process (or per test): nothing is global. Asking for a name again gives the same metric. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): CounterMetric;
  gauge(name: string, help: string, labels?: readonly string[]): GaugeMetric;
  /** Calls `read` at each scrape. */
  gaugeOf(name: string, help: string, read: () => number): void;
  histogram(
    name: string,
    help: string,
    options?: { readonly labels?: readonly string[]; readonly buckets?: readonly number[] },
  ): HistogramMetric;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** From half a millisecond to the longest timeout of a contract. */
export const secondsBuckets = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** `process`: also CPU, memory, event loop and garbage collection of this process; default true. */
export function createMetrics(options: { readonly process?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.process !== false) {
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
  }

  const once = <Made, Kept extends Made>(
    name: string,
    isKind: (metric: unknown) => metric is Kept,
    make: () => Kept,
  ): Kept => {
    const known: unknown = registry.getSingleMetric(name);
    if (known === undefined) return make();
    if (!isKind(known)) throw new Error(`metric ${name} exists already as another kind`);
    return known;
  };
  const registers = [registry];

  return {
    counter(name, help, labels = []) {
      const metric = once(
        name,
        (known) => known instanceof Counter,
        () => new Counter({ name, help, labelNames: [...labels], registers }),
      );
      return { add: (values = {}, by = 1) => metric.inc({ ...values }, by) };
    },
    gauge(name, help, labels = []) {
      const metric = once(
        name,
        (known) => known instanceof Gauge,
        () => new Gauge({ name, help, labelNames: [...labels], registers }),
      );
      return { set: (value, values = {}) => metric.set({ ...values }, value) };
    },
    gaugeOf(name, help, read) {
      registry.registerMetric(
        new Gauge({
          name,
          help,
          registers: [],
          collect() {
            this.set(read());
          },
        }),
      );
    },
    histogram(name, help, { labels = [], buckets = secondsBuckets } = {}) {
      const metric = once(
        name,
        (known) => known instanceof Histogram,
        () => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
      );
      return { observe: (value, values = {}) => metric.observe({ ...values }, value) };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
