import {
  defineConfig,
  drainSettings,
  egressSettings,
  endpointSettings,
  ingestionSettings,
  installationSettings,
  keptSecretSettings,
  listenSettings,
  processSettings,
  sendingSettings,
  standaloneSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of `npm start`. All have defaults: the empty environment gives a working engine. */
export const standaloneSchema = defineConfig({
  ...listenSettings(8080),
  ...standaloneSettings,
  ...installationSettings,
  ...endpointSettings,
  ...egressSettings,
  ...sendingSettings,
  ...keptSecretSettings,
  ...drainSettings,
  ...processSettings,
  ...ingestionSettings,
});

export type StandaloneConfig = ConfigOf<typeof standaloneSchema>;
