import {
  defineConfig,
  drainSettings,
  ingestionSettings,
  installationSettings,
  kafkaSettings,
  listenSettings,
  processSettings,
  upstreamSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the process that takes events in. */
export const ingestionSchema = defineConfig({
  ...listenSettings(8081),
  ...kafkaSettings,
  ...installationSettings,
  ...ingestionSettings,
  ...upstreamSettings,
  ...drainSettings,
  ...processSettings,
});

export type IngestionProcessConfig = ConfigOf<typeof ingestionSchema>;
