import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../machine/statistics.ts';
import { beside } from './beside.ts';
import type { StagedCase } from './case.ts';
import type { Measured } from './bench-run.ts';
import { p50s, p99s, paced } from './paced.ts';
import { EVENT_TYPE } from './publish-and-deliver.ts';
import type { Stage } from './stage.ts';

const HEALTHY_PER_SECOND = 190;
const NEIGHBOURS_PER_SECOND = 10;
const SECONDS = 20;
/** An attempt of the benchmarks' contract ends after 15 s: by then as many hang as ever will. */
const SETTLED_MS = 20_000;
/** Types of its own for each neighbour. */
const HANGING_TYPE = 'bench.hanging';
const ANSWERING_TYPE = 'bench.answering';

/**
 * All endpoints are one tenant's, so their events stand in one partition: the hardest place to keep them apart. Compared with
 * the same without a neighbour, first and last. The same 10/s to a neighbour that answers is told as well, before and after:
 * the difference to that is what the hanging does, and not that there are 10 events a second more.
 */
export const hanging: StagedCase = {
  name: 'hanging',
  title: `${HEALTHY_PER_SECOND}/s to a healthy endpoint beside ${NEIGHBOURS_PER_SECOND}/s to one that never answers`,
  async run(stage, say) {
    const { url } = stage.peers.receiver;
    const { tenant, key } = await stage.enter([
      { url: `${url}/ok`, events: [EVENT_TYPE] },
      { url: `${url}/hang`, events: [HANGING_TYPE] },
      { url: `${url}/aside`, events: [ANSWERING_TYPE] },
    ]);
    const healthy = async (whose: string): Promise<Measured[]> => {
      const runs: Measured[] = [];
      for (let run = 0; run < stage.options.runs; run += 1) {
        const healthyOnes = { key, rate: HEALTHY_PER_SECOND, seconds: SECONDS };
        runs.push(await paced(stage, healthyOnes, whose, say));
      }
      return runs;
    };
    const first = await healthy('alone');
    const neighbour = { key, rate: NEIGHBOURS_PER_SECOND, settledMs: SETTLED_MS };
    const answers = { ...neighbour, type: ANSWERING_TYPE };
    const before = await beside(stage, answers, () => healthy('beside one that answers'));
    const hangs = { ...neighbour, type: HANGING_TYPE };
    const engine = await beside(stage, hangs, () => healthy('beside one that hangs'));
    await endHanging(stage, tenant);
    const after = await beside(stage, answers, () => healthy('beside one that answers'));
    // Alone comes first and last: whatever warms up, or fills, meanwhile is in neither's favour.
    const alone = [...first, ...(await healthy('alone'))];
    const answering = [...before, ...after];
    await stage.forget(tenant);
    return {
      case: 'hanging',
      title: hanging.title,
      rate: HEALTHY_PER_SECOND,
      engine,
      bareLoop: [],
      figures: [
        { name: 'p50 beside one that answers', unit: 'ms', values: p50s(answering) },
        { name: 'p99 beside one that answers', unit: 'ms', values: p99s(answering) },
        { name: 'p99 alone', unit: 'ms', values: p99s(alone) },
        {
          name: 'p99 beside one that hangs to p99 beside one that answers',
          unit: '',
          values: [median(p99s(engine)) / median(p99s(answering))],
        },
        {
          name: 'p99 beside one that hangs to p99 alone',
          unit: '',
          values: [median(p99s(engine)) / median(p99s(alone))],
        },
      ],
    };
  },
};

/** What still hangs, or waits, is over when this resolves: it must not pass for the other neighbour's doing. */
async function endHanging({ target }: Stage, tenant: string): Promise<void> {
  const { data } = await target.must<{ data: { id: string; url: string }[] }>(
    'GET',
    `/webhooks?tenant=${tenant}`,
  );
  for (const { id, url } of data) {
    if (url.endsWith('/hang')) await target.must('DELETE', `/webhooks/${id}?tenant=${tenant}`);
  }
  await delay(SETTLED_MS);
}
