import {
  clientSettings,
  defineConfig,
  installationSettings,
  standaloneSettings,
  type ConfigOf,
} from '#platform';

/** Every setting of the command line itself. The engine that `start` runs reads its own. */
export const cliSchema = defineConfig({
  ...clientSettings,
  ...standaloneSettings,
  contractsDir: installationSettings.contractsDir,
});

export type CliConfig = ConfigOf<typeof cliSchema>;
