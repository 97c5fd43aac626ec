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
  liveSettings,
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
  ...liveSettings,
  ...processSettings,
});

export type AdminConfig = ConfigOf<typeof adminSchema>;
