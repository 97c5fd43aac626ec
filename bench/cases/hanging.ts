import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../machine/statistics.ts';
import { LoadPeer } from '../peers.ts';
import type { StagedCase } from './case.ts';
import type { Measured } from './bench-run.ts';
import { lineOfRun } from './lines.ts';
import { EVENT_TYPE, FILLER, publishAndDeliver } from './publish-and-deliver.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

const HEALTHY_PER_SECOND = 190;
const HANGING_PER_SECOND = 10;
const SECONDS = 20;
/** An attempt of the benchmarks' contract ends after 15 s: by then as many hang as ever will. */
const SETTLED_MS = 20_000;
const HANGING_TYPE = 'bench.hanging';
/** Numbers that no healthy event has. */
const HANGING_FROM = 1_000_000;

/** Both endpoints are one tenant's, so their events stand in one partition: the hardest place to keep them apart. */
export const hanging: StagedCase = {
  name: 'hanging',
  title: `${HEALTHY_PER_SECOND}/s to a healthy endpoint beside ${HANGING_PER_SECOND}/s to one that never answers`,
  async run(stage, say) {
    const { url } = stage.peers.receiver;
    const { tenant, key } = await stage.enter([
      { url: `${url}/ok`, events: [EVENT_TYPE] },
      { url: `${url}/hang`, events: [HANGING_TYPE] },
    ]);
    const healthy = async (whose: string): Promise<Measured[]> => {
      const runs: Measured[] = [];
      for (let run = 0; run < stage.options.runs; run += 1) {
        const requests = HEALTHY_PER_SECOND * SECONDS;
        const shape = {
          key,
          requests,
          batch: 1,
          connections: CONNECTIONS,
          fanOut: 1,
          rate: HEALTHY_PER_SECOND,
        };
        runs.push(await publishAndDeliver(stage.engine, shape));
        say(lineOfRun(whose, runs.at(-1) as Measured));
      }
      return runs;
    };
    const before = await healthy('without');
    const beside = new LoadPeer();
    let engine: readonly Measured[];
    try {
      // It goes on until its process is ended.
      beside.run(endless(stage, key)).catch(() => {});
      await delay(SETTLED_MS);
      engine = await healthy('beside it');
    } finally {
      beside.stop();
    }
    const after = await aloneAgain(stage, tenant, () => healthy('without'));
    const without = [...before, ...after];
    await stage.forget(tenant);
    const p50 = (of: readonly Measured[]): number[] => of.map(({ acceptToReceive }) => acceptToReceive.p50);
    const p99 = (of: readonly Measured[]): number[] => of.map(({ acceptToReceive }) => acceptToReceive.p99);
    return {
      case: 'hanging',
      title: hanging.title,
      rate: HEALTHY_PER_SECOND,
      engine,
      bareLoop: [],
      figures: [
        { name: 'p50 without it', unit: 'ms', values: p50(without) },
        { name: 'p99 without it', unit: 'ms', values: p99(without) },
        {
          name: 'p99 beside it to p99 without',
          unit: '',
          values: [median(p99(engine)) / median(p99(without))],
        },
      ],
    };
  },
};

/** Measured before and after: what the machine does meanwhile must not pass for the neighbour's doing. */
async function aloneAgain<T>(stage: Stage, tenant: string, measure: () => Promise<T>): Promise<T> {
  const { data } = await stage.target.must<{ data: { id: string; url: string }[] }>(
    'GET',
    `/webhooks?tenant=${tenant}`,
  );
  for (const { id, url } of data) {
    if (url.endsWith('/hang')) await stage.target.must('DELETE', `/webhooks/${id}?tenant=${tenant}`);
  }
  await delay(SETTLED_MS);
  return measure();
}

const endless = ({ target }: Stage, key: string) => ({
  host: target.host,
  port: target.port,
  key,
  type: HANGING_TYPE,
  requests: 100_000,
  batch: 1,
  connections: 4,
  rate: HANGING_PER_SECOND,
  filler: FILLER,
  from: HANGING_FROM,
});
