import type { CounterMetric, GaugeMetric, Metrics } from '#platform';
import type { Novelty } from '../accept/recent-events.ts';
import { acceptedEvents } from '../ingestion-metrics.ts';

/** What became of a record. */
export type RecordResult = Novelty | 'quarantined' | 'tombstone';

/** What somebody should look at. */
export type UpstreamAlert = 'topic_missing' | 'not_authorized' | 'source_failed' | 'log_refused';

/** What operators see of other teams' topics. Topics are as many as the mapping file names. */
export class UpstreamMetrics {
  readonly #records: CounterMetric;
  readonly #events: CounterMetric;
  readonly #alerts: CounterMetric;
  readonly #lag: GaugeMetric;
  readonly #up: GaugeMetric;

  constructor(metrics: Metrics) {
    this.#records = metrics.counter('hyperhook_upstream_records_total', 'Records of other topics, settled.', [
      'topic',
      'result',
    ]);
    this.#events = acceptedEvents(metrics);
    this.#alerts = metrics.counter('hyperhook_upstream_alerts_total', 'What an operator should look at.', [
      'topic',
      'alert',
    ]);
    this.#lag = metrics.gauge(
      'hyperhook_upstream_lag_records',
      'Records behind the end of the partitions that this process reads, as seen by its last fetch.',
      ['topic'],
    );
    this.#up = metrics.gauge('hyperhook_upstream_up', '1: the topic is being read by this process.', [
      'topic',
    ]);
  }

  settled(topic: string, result: RecordResult): void {
    this.#records.add({ topic, result });
  }

  accepted(contract: string, status: Novelty): void {
    this.#events.add({ contract, status });
  }

  alert(topic: string, alert: UpstreamAlert): void {
    this.#alerts.add({ topic, alert });
  }

  lag(topic: string, records: number): void {
    this.#lag.set(records, { topic });
  }

  up(topic: string, isUp: boolean): void {
    this.#up.set(isUp ? 1 : 0, { topic });
  }
}
