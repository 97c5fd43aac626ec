import { parseArgs } from 'node:util';
import type { ChaosOptions } from '../plan/faults.ts';

export const usage = `npm run chaos [-- options]
  --minutes N    how long faults go on; default 2. What follows (all comes to its end, is compared, is rebuilt) takes
                 about half a minute more
  --seed N       decides which faults come when, and what is published, answered and asked; default: a random one, which
                 is printed. The same seed is the same schedule
  --kafka        separate processes on a real Apache Kafka and PostgreSQL; without it: the standalone process
  --brokers 1|3  with --kafka; default 3: three replicas of everything, two of them in sync
  --plan         prints the timeline of faults, and does nothing
  --json FILE    writes the verdict, recoveries and answers there, too
  --help

The last line is: accepted N, delivered N, lost N, duplicated N, bound N. Exit code 1 where a promise is broken, with
examples; 2 where the run itself failed. docs/chaos.md says which promise is judged how.`;

export interface ChaosArguments {
  readonly options: ChaosOptions;
  readonly isHelp: boolean;
  readonly isPlan: boolean;
  readonly json: string | undefined;
}

const MOST_MINUTES = 24 * 60;

/** Throws an error that says what is wrong and what would be right. `random`: where no seed is given. */
export function readArguments(args: readonly string[], random: () => number): ChaosArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string' },
      kafka: { type: 'boolean', default: false },
      brokers: { type: 'string' },
      plan: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
    throw new Error(`--minutes ${values.minutes}: a number above 0, up to ${MOST_MINUTES}`);
  }
  const seed = values.seed === undefined ? random() : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new Error(`--seed ${values.seed}: a whole number from 0 to ${2 ** 31 - 1}`);
  }
  return {
    options: { minutes, seed, brokers: brokersOf(values.kafka, values.brokers) },
    isHelp: values.help,
    isPlan: values.plan,
    json: values.json,
  };
}

function brokersOf(isKafka: boolean, brokers: string | undefined): 1 | 3 | undefined {
  if (!isKafka) {
    if (brokers !== undefined)
      throw new Error('--brokers without --kafka: the standalone process has none; add --kafka');
    return undefined;
  }
  if (brokers === undefined || brokers === '3') return 3;
  if (brokers === '1') return 1;
  throw new Error(`--brokers ${brokers}: 1 or 3 (two cannot agree when one is gone)`);
}

/** The command that runs the same again. */
export function replayOf({ seed, minutes, brokers }: ChaosOptions): string {
  const kafka = brokers === undefined ? '' : ` --kafka --brokers ${brokers}`;
  return `npm run chaos -- --seed ${seed} --minutes ${minutes}${kafka}`;
}
