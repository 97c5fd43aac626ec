import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseResult } from '../cases/case-result.ts';
import { machineFacts, type MachineFacts } from '../machine/machine-facts.ts';
import type { Options } from '../options.ts';

/** What is kept of one run of the benchmarks. */
export interface ResultFile {
  readonly target: 'kafka' | 'standalone';
  /** ISO, when it was written. */
  readonly at: string;
  readonly machine: MachineFacts;
  readonly events: number;
  readonly runs: number;
  readonly cases: readonly CaseResult[];
}

/** Gives the name of the file. */
export async function keep(folder: string, options: Options, cases: readonly CaseResult[]): Promise<string> {
  const target = options.kafka ? 'kafka' : 'standalone';
  const at = new Date().toISOString();
  const { events, runs } = options;
  const result: ResultFile = { target, at, machine: await machineFacts(), events, runs, cases };
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${target}-${at.slice(0, 10)}.json`);
  await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
  return file;
}
