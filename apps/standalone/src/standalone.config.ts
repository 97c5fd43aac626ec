import {
  defineConfig,
  drainSettings,
  egressSettings,
  endpointSettings,
  grpcSettings,
  ingestionSettings,
  installationSettings,
  keptSecretSettings,
  listenSettings,
  operatorSettings,
  pageSettings,
  processSettings,
  quotaSettings,
  replaySettings,
  retentionSettings,
  sendingSettings,
  standaloneSettings,
  traceSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of `npm start`. All have defaults: the empty environment gives a working engine. */
export const standaloneSchema = defineConfig({
  ...listenSettings(8080),
  ...grpcSettings,
  ...standaloneSettings,
  ...installationSettings,
  ...endpointSettings,
  ...egressSettings,
  ...sendingSettings,
  ...keptSecretSettings,
  ...operatorSettings,
  ...quotaSettings,
  ...drainSettings,
  ...pageSettings,
  ...processSettings,
  ...traceSettings,
  ...retentionSettings,
  ...ingestionSettings,
  ...replaySettings,
});

export type StandaloneConfig = ConfigOf<typeof standaloneSchema>;
