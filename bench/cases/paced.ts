import type { Measured } from './bench-run.ts';
import { lineOfRun } from './lines.ts';
import { publishAndDeliver } from './publish-and-deliver.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

export interface Paced {
  readonly key: string;
  /** Events a second, one a request, each to one endpoint. */
  readonly rate: number;
  readonly seconds: number;
}

/** One run at a steady rate, told as `whose`. */
export async function paced(
  { engine }: Stage,
  { key, rate, seconds }: Paced,
  whose: string,
  say: (line: string) => void,
): Promise<Measured> {
  const shape = { key, requests: rate * seconds, batch: 1, connections: CONNECTIONS, fanOut: 1, rate };
  const run = await publishAndDeliver(engine, shape);
  say(lineOfRun(whose, run));
  return run;
}

/** In ms, run by run. */
export const p50s = (runs: readonly Measured[]): number[] =>
  runs.map(({ acceptToReceive }) => acceptToReceive.p50);
export const p99s = (runs: readonly Measured[]): number[] =>
  runs.map(({ acceptToReceive }) => acceptToReceive.p99);
