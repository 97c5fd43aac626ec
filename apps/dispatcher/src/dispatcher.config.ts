import {
  defineConfig,
  drainSettings,
  egressSettings,
  installationSettings,
  kafkaSettings,
  listenSettings,
  processSettings,
  secretSettings,
  sendingSettings,
  traceSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the process that makes the attempts. */
export const dispatcherSchema = defineConfig({
  ...listenSettings(8082),
  ...kafkaSettings,
  ...installationSettings,
  ...secretSettings,
  ...egressSettings,
  ...sendingSettings,
  ...drainSettings,
  ...processSettings,
  ...traceSettings,
});

export type DispatcherConfig = ConfigOf<typeof dispatcherSchema>;
