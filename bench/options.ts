import { parseArgs } from 'node:util';
import type { ProfilingOrder } from './profiling/profiling-order.ts';

export interface Options {
  readonly kafka: boolean;
  /** Deliveries of a saturated run. */
  readonly events: number;
  /** Deliveries of the warm-up, of the engine and again of the bare loop. */
  readonly warmUp: number;
  readonly runs: number;
  /** Names of cases; empty: all. */
  readonly cases: readonly string[];
  readonly isFull: boolean;
  readonly hasBareLoop: boolean;
  /** Ask the disk, too, what was written to it: right only where nothing else on the machine writes. */
  readonly asksDevice: boolean;
  readonly profiling: ProfilingOrder;
  /** Where results go; undefined: nowhere. */
  readonly out: string | undefined;
}

const help = `npm run bench [-- <options>]

  --kafka             four processes on a real broker (default: standalone, one process on an embedded PostgreSQL)
  --cases a,b         only these (default: all)
  --events 20000      deliveries of a saturated run
  --warm-up 60000     deliveries before anything is measured
  --runs 5            runs of each case; medians are told
  --full              also with 1,000,000 deliveries waiting (minutes, and 3 GB of disk)
  --no-bare           without the bare loop, so without ratios
  --device            tell also what the disk itself was given to write, by whomever: nothing else may run
  --cpu-prof <dir>    CPU profiles of the engine's processes, after the warm-up; no bare loop then
  --heap-prof <dir>   the same of what they allocate; read both by: node bench/profile.ts <dir>
  --out <dir>         where the JSON goes (default: bench/results, where all cases ran; else nowhere)
  --help

Cases:
`;

/** Ends the process where help was asked for, or something in `args` is unknown. */
export function readOptions(args: readonly string[], cases: ReadonlyMap<string, string>): Options {
  const { values } = parsed(args);
  if (values.help) {
    const lines = [...cases].map(([name, title]) => `  ${name.padEnd(19)} ${title}\n`);
    process.stdout.write(help + lines.join(''));
    process.exit(0);
  }
  const chosen = (values.cases ?? '').split(',').filter(Boolean);
  const unknown = chosen.filter((name) => !cases.has(name));
  if (unknown.length > 0)
    refuse(`there is no case ${unknown.join(', ')}; there are ${[...cases.keys()].join(', ')}`);
  const profiling: ProfilingOrder = {
    ...(values['cpu-prof'] === undefined ? {} : { cpu: values['cpu-prof'] }),
    ...(values['heap-prof'] === undefined ? {} : { heap: values['heap-prof'] }),
  };
  return {
    kafka: values.kafka,
    events: wholeNumber('--events', values.events),
    warmUp: wholeNumber('--warm-up', values['warm-up']),
    runs: wholeNumber('--runs', values.runs),
    cases: chosen,
    isFull: values.full,
    // Frozen while the bare loop runs, a process would be seen standing for all that time.
    hasBareLoop: !values['no-bare'] && Object.keys(profiling).length === 0,
    asksDevice: values.device,
    profiling,
    out: values.out ?? (chosen.length === 0 ? new URL('results', import.meta.url).pathname : undefined),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kafka: { type: 'boolean', default: false },
        events: { type: 'string', default: '20000' },
        'warm-up': { type: 'string', default: '60000' },
        runs: { type: 'string', default: '5' },
        cases: { type: 'string' },
        full: { type: 'boolean', default: false },
        'no-bare': { type: 'boolean', default: false },
        device: { type: 'boolean', default: false },
        'cpu-prof': { type: 'string' },
        'heap-prof': { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse(String(error));
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  return refuse(`${name} ${text} is not a whole number above 0`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\nnpm run bench -- --help\n`);
  process.exit(2);
}
