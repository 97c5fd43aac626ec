import { createLogger, createMetrics, type MetricDescription, type Metrics } from '#platform';
import { countedGuard } from '../../admin/src/counted-guard.ts';
import { watchLive } from '../../admin/src/live/watch-live.ts';
import { replaysTelemetry } from '../../admin/src/replays/replays-telemetry.ts';
import { dispatcherTelemetry } from '../../dispatcher/src/dispatcher-telemetry.ts';
import { watchDispatcher } from '../../dispatcher/src/watch-dispatcher.ts';
import { IngestionMetrics } from '../../ingestion/src/ingestion-metrics.ts';
import { UpstreamMetrics } from '../../ingestion/src/upstream/upstream-metrics.ts';
import { disabledTelemetry } from '../../projector/src/disabled-telemetry.ts';
import { policiesTelemetry } from '../../projector/src/policies-telemetry.ts';
import { projectorTelemetry } from '../../projector/src/projector-telemetry.ts';
import { watchProjector } from '../../projector/src/watch-projector.ts';

export interface ListedMetric extends MetricDescription {
  /** The processes that tell it. */
  readonly toldBy: readonly string[];
}

const logger = createLogger({ name: 'catalogue', level: 'silent' });
const log = { endOffsets: async () => [], now: () => 0 };
const none = { inFlight: 0, queued: 0, inHand: 0, hangingLanes: 0, appendsWaiting: 0 };

/** As each process registers them when it starts; a test compares with what running ones tell. */
const registrations: Readonly<Record<string, (metrics: Metrics) => void>> = {
  ingestion: (metrics) => {
    void new IngestionMetrics(metrics, () => 0);
    void new UpstreamMetrics(metrics);
  },
  dispatcher: (metrics) => {
    dispatcherTelemetry({ logger, metrics, now: () => 0, contractOf: () => undefined });
    watchDispatcher(metrics, { gauges: () => none, backlog: () => [] }, log);
  },
  projector: (metrics) => {
    projectorTelemetry(metrics);
    policiesTelemetry(metrics);
    disabledTelemetry(logger, metrics);
    const stands = () => [];
    watchProjector(
      metrics,
      { projector: { stands, oldestWaitingAt: () => undefined }, policies: { stands } },
      log,
    );
  },
  admin: (metrics) => {
    countedGuard({ checkUrl: () => ({ ok: true, url: '' }) }, metrics);
    replaysTelemetry(metrics);
    watchLive(metrics, { size: 0 });
  },
};

/** Every metric of the engine, by name: what docs/metrics.md lists, and dashboards and alerts may use. */
export function metricsCatalogue(): readonly ListedMetric[] {
  const found = new Map<string, ListedMetric>();
  for (const [app, register] of Object.entries(registrations)) {
    const metrics = createMetrics({ process: false });
    register(metrics);
    for (const metric of metrics.described) {
      const toldBy = [...(found.get(metric.name)?.toldBy ?? []), app];
      found.set(metric.name, { ...metric, toldBy });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
