export { systemClock, type Clock } from './clock.ts';
export { ConfigError } from './config-error.ts';
export { expected, type Setting } from './config-setting.ts';
export { defineConfig, loadConfig, summary, type ConfigOf, type ConfigSchema } from './load-config.ts';
export { createLogger, logLevels, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export {
  createMetrics,
  secondsBuckets,
  type CounterMetric,
  type GaugeMetric,
  type HistogramMetric,
  type Metrics,
} from './metrics.ts';
export { createHealth, type Health, type HealthCheck, type Readiness } from './health.ts';
export {
  createLifecycle,
  type HostProcess,
  type Lifecycle,
  type LifecycleOptions,
  type Part,
} from './lifecycle.ts';
export { barrierForPostgres } from './postgres/account.ts';
export {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './postgres/embedded-postgres.ts';
