/** `npm run chaos`: a seeded run of faults under load, and its verdict. */
import { writeFile } from 'node:fs/promises';
import { timelineOf, planRun } from './plan/schedule.ts';
import { readArguments, usage } from './run/arguments.ts';
import { asJson, linesOf } from './run/report.ts';
import { runChaos } from './run/run-chaos.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopped.abort(new Error(`ended by ${signal}`)));
}

async function main(): Promise<number> {
  const { options, isHelp, isPlan, json } = readArguments(process.argv.slice(2), () =>
    Math.floor(Math.random() * 1_000_000),
  );
  if (isHelp) {
    say(usage);
    return 0;
  }
  const schedule = planRun(options);
  const of = options.brokers === undefined ? 'standalone' : `Kafka, ${options.brokers} broker(s)`;
  say(`chaos: seed ${options.seed}, ${options.minutes} minutes, ${of}`);
  for (const line of timelineOf(schedule)) say(line);
  if (isPlan) return 0;
  const report = await runChaos(schedule, say, stopped.signal);
  if (json !== undefined) await writeFile(json, asJson(options, report));
  for (const line of linesOf(options, report)) say(line);
  return report.verdict.lost > 0 || report.verdict.broken.length > 0 ? 1 : 0;
}

const code = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
// What a pipe has not taken yet is written first. Said outright: the embedded PostgreSQL has a hook that knows no exit code but its own.
process.stdout.write('', () => process.exit(code));
