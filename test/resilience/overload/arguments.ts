import { parseArgs } from 'node:util';
import { stalls, type Stall } from './stall.ts';

export const usage = `npm run overload [-- options]
  --minutes N     how long each thing stands still; default 5. What was accepted meanwhile is delivered after it, which takes
                  two or three times as long
  --stall NAME    only this one; may be given several times: endpoints, database, log, or tenant (one that makes 90 % of
                  the load, beside others); default: all four, one after the other
  --load N        times what the engine can take; default 2
  --capacity N    deliveries a second that it can take; default: measured first
  --node OPTIONS  NODE_OPTIONS of the engine's processes: limits of the heap, say
  --help

A line each: what was accepted, lost, sent again and answered, the most that a process had resident, and how long it took
to come back. Exit code 1 where a promise is broken, each with a line of its own; 2 where an option is not understood.`;

const cases = [...stalls, 'tenant'] as const;
export type OverloadCase = Stall | 'tenant';

export interface OverloadArguments {
  readonly isHelp: boolean;
  readonly ms: number;
  readonly cases: readonly OverloadCase[];
  readonly load: number;
  /** Undefined: to be measured. */
  readonly capacity: number | undefined;
  readonly nodeOptions: string;
}

/** Throws an error that says what is wrong and what would be right. */
export function readArguments(args: readonly string[]): OverloadArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '5' },
      stall: { type: 'string', multiple: true, default: [...cases] },
      load: { type: 'string', default: '2' },
      capacity: { type: 'string' },
      node: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    isHelp: values.help,
    ms: above0('--minutes', values.minutes) * 60_000,
    cases: values.stall.map(caseOf),
    load: above0('--load', values.load),
    capacity: values.capacity === undefined ? undefined : above0('--capacity', values.capacity),
    nodeOptions: values.node,
  };
}

function above0(name: string, text: string): number {
  const number = Number(text);
  if (number > 0 && number < Infinity) return number;
  throw new Error(`${name} ${text}: a number above 0`);
}

function caseOf(name: string): OverloadCase {
  const found = cases.find((one) => one === name);
  if (found === undefined) throw new Error(`--stall ${name}: one of ${cases.join(', ')}`);
  return found;
}
