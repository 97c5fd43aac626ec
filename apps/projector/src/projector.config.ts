import {
  databaseSettings,
  defineConfig,
  drainSettings,
  installationSettings,
  kafkaSettings,
  listenSettings,
  operatorSettings,
  processSettings,
  retentionSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the process that folds the log into tables, and disables and releases. */
export const projectorSchema = defineConfig({
  ...listenSettings(8083),
  ...kafkaSettings,
  ...databaseSettings,
  ...installationSettings,
  ...operatorSettings,
  ...drainSettings,
  ...processSettings,
  ...retentionSettings,
});

export type ProjectorConfig = ConfigOf<typeof projectorSchema>;
