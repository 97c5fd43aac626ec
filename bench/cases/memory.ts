import type { StagedCase } from './case.ts';

export const memory: StagedCase = {
  name: 'memory',
  title: 'resident after the first 10,000 deliveries',
  run: async ({ residentAfterFirst }) => ({
    case: 'memory',
    title: memory.title,
    rate: null,
    engine: [],
    bareLoop: [],
    figures: [...residentAfterFirst].map(([app, mebibytes]) => ({
      name: app,
      unit: 'MiB',
      values: [mebibytes],
    })),
  }),
};
