import { statusAfter, type Outcome } from '#domain';
import type { AttemptDetail } from '#log';
import type { Logger, Metrics } from '#platform';
import { cleanText } from '#webhook-http';
import type { RunningDispatcher } from './create-dispatcher.ts';
import type { DispatcherSignals } from './dispatcher-signals.ts';

/** Signals as log lines and metrics: one wide line per outcome, with every id and the decision. */
export function dispatcherTelemetry(logger: Logger, metrics: Metrics): DispatcherSignals {
  const outcomes = metrics.counter('hyperhook_outcomes_total', 'Outcomes, by kind', ['kind', 'asked_by']);
  const attempts = metrics.counter('hyperhook_attempts_total', 'HTTP attempts, by result', ['result']);
  const duration = metrics.histogram('hyperhook_attempt_duration_seconds', 'Until the response head');
  const endToEnd = metrics.histogram(
    'hyperhook_end_to_end_seconds',
    'From accept to delivered, first attempts',
  );
  const placed = metrics.counter('hyperhook_retries_scheduled_total', 'Placements in a tier', ['tier']);
  const lateness = metrics.histogram('hyperhook_retry_lateness_seconds', 'From due to taken up', {
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
  });
  const copies = metrics.counter('hyperhook_duplicates_suppressed_total', 'Copies dropped', ['what']);
  const quarantined = metrics.counter('hyperhook_dead_letters_total', 'Records nobody could read', ['topic']);
  const alerts = metrics.counter('hyperhook_alerts_total', 'Things an operator should look at', ['what']);

  const tellsEach = logger.isLevelEnabled('debug');

  return {
    settled(outcome, detail) {
      const { decision, ref } = outcome;
      outcomes.add({ kind: decision.kind, asked_by: ref.askedBy });
      if (detail !== null) {
        attempts.add({
          result: detail.status === null ? (detail.errorClass ?? 'error') : codeClass(detail.status),
        });
        duration.observe(detail.durationMs / 1_000);
        if (decision.kind === 'delivered' && outcome.attempt === 1 && ref.chain === 0) {
          endToEnd.observe(Math.max(0, detail.startedAt - ref.acceptedAt) / 1_000);
        }
      }
      if (tellsEach) logger.debug(factOf(outcome, detail), 'delivery.settled');
    },
    placed: (tier) => placed.add({ tier }),
    late: (_tier, ms) => lateness.observe(Math.max(0, ms) / 1_000),
    copyDropped: (what) => copies.add({ what }),
    quarantined(topic, partition, offset, reason) {
      quarantined.add({ topic });
      logger.error({ topic, partition, offset, reason: cleanText(reason) }, 'record.quarantined');
    },
    alert(what, context) {
      alerts.add({ what });
      logger.warn(context, what);
    },
  };
}

/** What it holds at the moment, read when metrics are asked for. */
export function watchDispatcher(metrics: Metrics, dispatcher: RunningDispatcher): void {
  const gauges = {
    inFlight: 'Attempts begun whose outcome is not durable yet',
    queued: 'Deliveries drawn and waiting for a slot',
    inHand: 'Records taken up and not done',
    hangingLanes: 'Endpoints whose oldest attempt has taken over 2 s',
    appendsWaiting: 'Appends that the log has not answered',
  } as const;
  for (const [name, help] of Object.entries(gauges) as [keyof typeof gauges, string][]) {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    metrics.gaugeOf(`hyperhook_dispatcher_${snake}`, help, () => dispatcher.gauges()[name]);
  }
}

function factOf({ ref, attempt, step, term, decision }: Outcome, detail: AttemptDetail | null): object {
  return {
    delivery: ref.deliveryId,
    tenant: ref.tenantId,
    endpoint: ref.endpointId,
    event: ref.eventId,
    type: ref.eventType,
    chain: ref.chain,
    askedBy: ref.askedBy,
    attempt,
    step,
    term,
    status: statusAfter(decision.kind),
    ...decision,
    code: detail?.status ?? null,
    error: detail?.errorClass ?? null,
    ms: detail?.durationMs ?? null,
  };
}

const codeClass = (status: number): string => `${Math.floor(status / 100)}xx`;
