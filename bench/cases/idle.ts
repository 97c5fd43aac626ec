import { setTimeout as delay } from 'node:timers/promises';
import { costBetween, costByRole } from '../machine/process-cost.ts';
import type { StagedCase } from './case.ts';
import type { Figure } from './case-result.ts';

const SECONDS = 20;
/** What the case before left to do is done, polls are as long as they get, and timers of idle connections have run. */
const SETTLES_MS = 15_000;

export const idle: StagedCase = {
  name: 'idle',
  title: `nothing to do for ${SECONDS} s`,
  async run({ target }) {
    await delay(SETTLES_MS);
    const before = await costByRole();
    await delay(SECONDS * 1_000);
    const used = [...costBetween(before, await costByRole())].filter(([role]) => target.owns(role));
    const percent = ([, { cpuSeconds }]: (typeof used)[number]): number => (100 * cpuSeconds) / SECONDS;
    const isEngine = ([role]: (typeof used)[number]): boolean =>
      target.processes.some(({ app }) => app === role);
    const figure = (name: string, of: typeof used): Figure => ({
      name,
      unit: '% of a core',
      values: [of.reduce((sum, one) => sum + percent(one), 0)],
    });
    return {
      case: 'idle',
      title: idle.title,
      rate: null,
      engine: [],
      bareLoop: [],
      figures: [
        figure('engine', used.filter(isEngine)),
        figure('engine and stores', used),
        ...used.map((one) => figure(one[0], [one])),
      ],
    };
  },
};
