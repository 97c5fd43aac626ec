import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ReadGauge, type ReadMeasures } from './read-gauge.ts';
import { TalliedCounter, type CounterMetric } from './tallied-counter.ts';

export type { Measured } from './read-gauge.ts';
export type { CounterMetric } from './tallied-counter.ts';

/** Looking at the event loop every 10 ms, as is usual, wakes a process that has nothing to do: 1 % of a core. */
const LOOP_PRECISION_MS = 100;

type Labels = Readonly<Record<string, string | number>>;

export interface GaugeMetric {
  set(value: number, labels?: Labels): void;
}
export interface HistogramMetric {
  /** In base units: seconds, bytes. */
  observe(value: number, labels?: Labels): void;
}

/** What docs/metrics.md says of one metric, and dashboards may rely on. */
export interface MetricDescription {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

/** One registry per process (or per test): nothing is global. Asking for a name again gives the same metric. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): CounterMetric;
  gauge(name: string, help: string, labels?: readonly string[]): GaugeMetric;
  /** Calls `read` at each scrape. */
  gaugeOf(name: string, help: string, read: () => number): void;
  /** The same, one value for each set of labels; what is not told any more is gone. Several may tell of one name. */
  gaugesOf(name: string, help: string, labels: readonly string[], read: ReadMeasures): void;
  histogram(
    name: string,
    help: string,
    options?: { readonly labels?: readonly string[]; readonly buckets?: readonly number[] },
  ): HistogramMetric;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** All that were asked for so far, in order; without those of the runtime. */
  readonly described: readonly MetricDescription[];
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
  const made = new Map<string, { readonly metric: object; readonly is: MetricDescription }>();

  const once = <Made extends object>(is: MetricDescription, make: () => Made): Made => {
    const known = made.get(is.name);
    if (known === undefined) {
      const metric = make();
      made.set(is.name, { metric, is });
      return metric;
    }
    if (known.is.kind !== is.kind) throw new Error(`metric ${is.name} exists already as another kind`);
    return known.metric as Made;
  };
  const registers = [registry];

  const readGauge = (name: string, help: string, labels: readonly string[], read: ReadMeasures): void => {
    const is = { name, kind: 'gauge', help, labels } as const;
    once(is, () => new ReadGauge(registry, name, help, labels)).readBy(read);
  };

  return {
    counter: (name, help, labels = []) =>
      once({ name, kind: 'counter', help, labels }, () => new TalliedCounter(registry, name, help, labels)),
    gauge(name, help, labels = []) {
      const metric = once(
        { name, kind: 'gauge', help, labels },
        () => new Gauge({ name, help, labelNames: [...labels], registers }),
      );
      return { set: (value, values = {}) => metric.set({ ...values }, value) };
    },
    gaugeOf: (name, help, read) => readGauge(name, help, [], () => [{ labels: {}, value: read() }]),
    gaugesOf: readGauge,
    histogram(name, help, { labels = [], buckets = secondsBuckets } = {}) {
      const metric = once(
        { name, kind: 'histogram', help, labels },
        () => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
      );
      return { observe: (value, values = {}) => metric.observe({ ...values }, value) };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
    get described() {
      return [...made.values()].map(({ is }) => is);
    },
  };
}
