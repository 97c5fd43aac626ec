export { systemClock, type Clock } from './clock.ts';
export { ConfigError } from './config-error.ts';
export { expected, type Setting } from './config-setting.ts';
export { defineConfig, loadConfig, summary, type ConfigOf, type ConfigSchema } from './load-config.ts';
export { mapStacks } from './mapped-stacks.ts';
export { createLogger, logLevels, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export {
  createMetrics,
  secondsBuckets,
  type CounterMetric,
  type GaugeMetric,
  type HistogramMetric,
  type Measured,
  type MetricDescription,
  type Metrics,
} from './metrics.ts';
export { LinePace } from './line-pace.ts';
export { createHealth, type Health, type HealthCheck, type Readiness } from './health.ts';
export {
  createLifecycle,
  type HostProcess,
  type Lifecycle,
  type LifecycleOptions,
  type Part,
} from './lifecycle.ts';
export { clientSettings } from './settings/client-settings.ts';
export { databaseSettings } from './settings/database-settings.ts';
export { drainSettings } from './settings/drain-settings.ts';
export { egressSettings } from './settings/egress-settings.ts';
export { endpointSettings } from './settings/endpoint-settings.ts';
export { grpcSettings, type GrpcConfig } from './settings/grpc-settings.ts';
export { ingestionSettings, type IngestionConfig } from './settings/ingestion-settings.ts';
export { installationSettings } from './settings/installation-settings.ts';
export { kafkaSettings, type KafkaConfig } from './settings/kafka-settings.ts';
export { listenSettings } from './settings/listen-settings.ts';
export { liveSettings, type LiveConfig } from './settings/live-settings.ts';
export { quotaSettings, type QuotaConfig } from './settings/quota-settings.ts';
export { operatorSettings } from './settings/operator-settings.ts';
export { pageSettings } from './settings/page-settings.ts';
export { processSettings } from './settings/process-settings.ts';
export { retentionSettings } from './settings/retention-settings.ts';
export { keptSecretSettings, secretSettings } from './settings/secret-settings.ts';
export { replaySettings } from './settings/replay-settings.ts';
export { sendingSettings } from './settings/sending-settings.ts';
export { settingNames } from './settings/setting-names.ts';
export { standaloneSettings } from './settings/standalone-settings.ts';
export { upstreamSettings } from './settings/upstream-settings.ts';
export { barrierForPostgres } from './postgres/account.ts';
export {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './postgres/embedded-postgres.ts';
export { progressBar } from './progress-bar.ts';
export { randomPool } from './random-pool.ts';
export { openTracing, type TracingOptions } from './open-tracing.ts';
export type { LiveSpan, SpanAttributes, SpanBegin, Tracing } from './tracing.ts';
export { traceSettings } from './settings/trace-settings.ts';
