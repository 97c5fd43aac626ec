import { topics, type AttemptDetail } from '#log';
import { LinePace, type Logger, type Metrics, type Tracing } from '#platform';
import { egressBlocked } from '#service';
import { cleanText } from '#webhook-http';
import { tellAttempt } from './attempt-spans.ts';
import type { DispatcherSignals } from './dispatcher-signals.ts';
import { OutcomeLines } from './outcome-lines.ts';

export interface TelemetryOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Epoch ms. */
  readonly now: () => number;
  /** Of a tenant; undefined: it was deleted. Contracts are few, tenants have no bound: these are no labels. */
  readonly contractOf: (tenantId: string) => string | undefined;
  /** Absent: nobody traces. */
  readonly tracing?: Tracing | undefined;
}

/** So many lines a second of each alert: one that every partition gives at each try, while the log is away, fills no disk. */
const ALERTS_PER_SECOND = 5;

/** From a first attempt that goes well to the end of the longest schedule. */
const endToEndBuckets = [
  0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 28_800,
];

/** Signals as log lines and metrics. What is told for each attempt costs a few map lookups, not more. */
export function dispatcherTelemetry(options: TelemetryOptions): DispatcherSignals {
  const { logger, metrics, now, contractOf, tracing } = options;
  const outcomes = metrics.counter(
    'hyperhook_outcomes_total',
    'Outcomes, durable. Those of the kinds delivered, failed, expired, held and cancelled end a delivery.',
    ['contract', 'kind', 'asked_by'],
  );
  const attempts = metrics.counter(
    'hyperhook_attempts_total',
    'HTTP attempts. result: delivered, refused (an answer that is no success), or the class of the error.',
    ['contract', 'result', 'code_class'],
  );
  const duration = metrics.histogram('hyperhook_attempt_duration_seconds', 'Of an attempt, to its verdict.', {
    labels: ['contract'],
  });
  const endToEnd = metrics.histogram(
    'hyperhook_end_to_end_seconds',
    'From accepted to delivered, of deliveries that an event asked for. attempt: first, or later.',
    { labels: ['attempt'], buckets: endToEndBuckets },
  );
  const placed = metrics.counter(
    'hyperhook_retries_scheduled_total',
    'Placements in a tier: retries, hops and deferrals.',
    ['tier'],
  );
  const lateness = metrics.histogram('hyperhook_retry_lateness_seconds', 'From due to taken up.', {
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
  });
  const copies = metrics.counter('hyperhook_duplicates_suppressed_total', 'Copies dropped (P10, R3).', [
    'what',
  ]);
  const quarantined = metrics.counter('hyperhook_dead_letters_total', 'Records nobody could read (P9).', [
    'topic',
  ]);
  const blocked = egressBlocked(metrics);
  const alerts = metrics.counter('hyperhook_alerts_total', 'What an operator should look at.', ['what']);
  // An increase can only be seen of what was there before.
  for (const { name } of topics) quarantined.of(name);
  const lines = new OutcomeLines(logger);
  const paces = new Map<string, LinePace>();

  const attempted = (contract: string, delivered: boolean, detail: AttemptDetail): void => {
    const { status, errorClass, durationMs } = detail;
    const result = delivered ? 'delivered' : status === null ? (errorClass ?? 'error') : 'refused';
    attempts.of(contract, result, codeClass(status)).add();
    duration.observe(durationMs / 1_000, { contract });
    if (errorClass === 'blocked_address') blocked.of('connect').add();
  };

  return {
    settled(outcome, detail) {
      const { decision, ref } = outcome;
      const contract = contractOf(ref.tenantId) ?? 'none';
      const delivered = decision.kind === 'delivered';
      outcomes.of(contract, decision.kind, ref.askedBy).add();
      if (detail !== null) {
        attempted(contract, delivered, detail);
        if (tracing !== undefined) tellAttempt(tracing, outcome, detail);
        if (delivered && ref.chain === 0) {
          const ms = detail.startedAt + detail.durationMs - ref.acceptedAt;
          endToEnd.observe(Math.max(0, ms) / 1_000, { attempt: outcome.attempt === 1 ? 'first' : 'later' });
        }
      }
      lines.tell(outcome, detail);
    },
    placed: (tier) => placed.of(tier).add(),
    late: (_tier, ms) => lateness.observe(Math.max(0, ms) / 1_000),
    copyDropped: (what) => copies.of(what).add(),
    quarantined(topic, partition, offset, reason) {
      quarantined.of(topic).add();
      logger.error({ topic, partition, offset, reason: cleanText(reason) }, 'record.quarantined');
    },
    alert(what, context) {
      alerts.add({ what });
      const pace = paces.get(what) ?? new LinePace(ALERTS_PER_SECOND);
      paces.set(what, pace);
      const omitted = pace.take(now());
      if (omitted !== undefined) logger.warn(omitted === 0 ? context : { ...context, omitted }, what);
    },
  };
}

const classes = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

function codeClass(status: number | null): string {
  return status === null ? 'none' : (classes[Math.floor(status / 100)] ?? 'none');
}
