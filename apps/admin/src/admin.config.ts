import {
  databaseSettings,
  defineConfig,
  drainSettings,
  egressSettings,
  endpointSettings,
  grpcSettings,
  installationSettings,
  kafkaSettings,
  listenSettings,
  pageSettings,
  processSettings,
  quotaSettings,
  replaySettings,
  secretSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the process that administers. */
export const adminSchema = defineConfig({
  ...listenSettings(8080),
  ...grpcSettings,
  ...kafkaSettings,
  ...databaseSettings,
  ...installationSettings,
  ...endpointSettings,
  ...secretSettings,
  ...egressSettings,
  ...quotaSettings,
  ...replaySettings,
  ...drainSettings,
  ...pageSettings,
  ...processSettings,
});

export type AdminConfig = ConfigOf<typeof adminSchema>;
