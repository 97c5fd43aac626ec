import {
  defineConfig,
  drainSettings,
  grpcSettings,
  ingestionSettings,
  installationSettings,
  kafkaSettings,
  listenSettings,
  processSettings,
  quotaSettings,
  upstreamSettings,
  traceSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the process that takes events in. */
export const ingestionSchema = defineConfig({
  ...listenSettings(8081),
  ...grpcSettings,
  ...kafkaSettings,
  ...installationSettings,
  ...ingestionSettings,
  ...upstreamSettings,
  ...quotaSettings,
  ...drainSettings,
  ...processSettings,
  ...traceSettings,
});

export type IngestionProcessConfig = ConfigOf<typeof ingestionSchema>;
