import type { CounterMetric, HistogramMetric, Metrics } from '#platform';
import type { Novelty } from './accept/recent-events.ts';

/** Counted by all ways in. */
export function acceptedEvents(metrics: Metrics): CounterMetric {
  return metrics.counter('hyperhook_events_accepted_total', 'Events accepted, durable.', [
    'contract',
    'status',
  ]);
}

/** What operators see of the way in. No tenant among the labels: their number has no bound. */
export class IngestionMetrics {
  readonly #events: CounterMetric;
  readonly #refused: CounterMetric;
  readonly #troubles: CounterMetric;
  readonly #pastEnd: CounterMetric;
  readonly #seconds: HistogramMetric;

  constructor(metrics: Metrics, bytesInFlight: () => number) {
    this.#events = acceptedEvents(metrics);
    this.#refused = metrics.counter('hyperhook_publish_refused_total', 'Events or requests refused.', [
      'code',
    ]);
    this.#troubles = metrics.counter('hyperhook_accept_log_troubles_total', 'Appends that the log refused.');
    this.#pastEnd = metrics.counter(
      'hyperhook_control_position_past_end_total',
      'Echoed control positions past the end of the topic, ignored (R20).',
    );
    this.#seconds = metrics.histogram('hyperhook_accept_seconds', 'From the request body to durable.');
    metrics.gaugeOf('hyperhook_accept_bytes_in_flight', 'Bytes of events on their way in.', bytesInFlight);
  }

  accepted(contract: string, status: Novelty): void {
    this.#events.add({ contract, status });
  }

  refused(code: string): void {
    this.#refused.add({ code });
  }

  logTrouble(): void {
    this.#troubles.add();
  }

  positionPastEnd(): void {
    this.#pastEnd.add();
  }

  took(ms: number): void {
    this.#seconds.observe(ms / 1_000);
  }
}
