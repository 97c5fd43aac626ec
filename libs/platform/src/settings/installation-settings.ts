import { defineConfig } from '../load-config.ts';

/** Fixed when the installation is created; every process is given the same. */
export const installationSettings = defineConfig({
  partitions: {
    env: 'HYPERHOOK_PARTITIONS',
    kind: 'int',
    default: 8,
    min: 1,
    max: 256,
    description: 'partitions of events and all that follows; fixed when the installation is created',
  },
  timeScale: {
    env: 'HYPERHOOK_TIME_SCALE',
    kind: 'float',
    default: 1,
    min: 0.000_01,
    max: 1,
    description: 'contract time to real time, for demonstrations; fixed when the installation is created',
  },
  contractsDir: {
    env: 'HYPERHOOK_CONTRACTS_DIR',
    kind: 'string',
    default: null,
    description: 'folder of further contract files; their ids must differ from the shipped ones',
  },
});
