/** `npm run overload`: what stands still, and how that ended. See --help. */
import { readArguments, usage, type OverloadArguments } from './arguments.ts';
import { Overload } from './overload.ts';
import { sayIsolated, sayOverloaded } from './say.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Of a load that changes nothing any more by being longer. */
const SHORT_MS = 20_000;

/** How many promises were broken. */
async function run(overload: Overload, { cases, ms, load, ...given }: OverloadArguments): Promise<number> {
  const capacity = given.capacity ?? (await overload.capacity(Math.min(ms, SHORT_MS)));
  say(`capacity: ${Math.round(capacity)} deliveries/s`);
  let broken = 0;
  for (const one of cases) {
    if (one === 'tenant') {
      // What a machine is to be used for: closer to its limits, p99 tells of the volume alone.
      const rate = Math.round(capacity * 0.25);
      const isolated = await overload.besideOneAtNinety(Math.min(ms, SHORT_MS), rate);
      broken += sayIsolated(`one tenant at 90 % of ${rate}/s`, isolated);
    } else {
      const rate = Math.round(capacity * load);
      const what = `${one} away for ${ms / 1_000} s at ${rate}/s`;
      broken += sayOverloaded(what, await overload.stalled(one, ms, rate));
    }
  }
  return broken;
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options.isHelp) {
    say(usage);
    return 0;
  }
  const overload = await Overload.open(options.nodeOptions);
  // The engine's processes are detached: they would outlive a Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void overload.close().finally(() => process.exit(1)));
  try {
    return (await run(overload, options)) === 0 ? 0 : 1;
  } finally {
    await overload.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
