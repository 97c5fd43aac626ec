import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../libs/testkit/src/eventually.ts';
import { mean } from '../machine/statistics.ts';
import { ReceiverPeer } from '../peers.ts';
import { beside } from './beside.ts';
import type { StagedCase } from './case.ts';
import type { Measured } from './bench-run.ts';
import type { Figure } from './case-result.ts';
import { p50s, p99s, paced } from './paced.ts';
import { EVENT_TYPE } from './publish-and-deliver.ts';
import type { Stage } from './stage.ts';

const HEALTHY_PER_SECOND = 190;
const NEIGHBOURS_PER_SECOND = 10;
const SECONDS = 18;
/** After 7 s as many attempts hang as may, 64. */
const HANGING_SETTLED_MS = 12_000;
/**
 * From 15 s on attempts end and others begin; after 55 s half of the queue that all lanes share is full of what waits for the
 * hanging one, and that begins to step aside. Three runs see all of it, and end while what steps aside comes back within a
 * minute (decision 0023): the next turn need not wait for longer.
 */
const RUNS_WHILE_IT_HANGS = 3;
/** An attempt of the benchmarks' contract. */
const TIMEOUT_MS = 15_000;
const ANSWERING_SETTLED_MS = 3_000;
/** Types of its own for each neighbour. */
const HANGING_TYPE = 'bench.hanging';
const ANSWERING_TYPE = 'bench.answering';

interface Turn {
  /** Before the endpoint hangs, and after. */
  readonly alone: readonly Measured[];
  readonly hung: readonly Measured[];
  readonly answering: readonly Measured[];
}

/**
 * All endpoints are one tenant's, so their events stand in one partition: the hardest place to keep them apart. Compared with
 * the same without a neighbour. The same 10/s to a neighbour that answers is told as well: the difference to that is what the
 * hanging does, and not that there are 10 events a second more. Both have a receiver of their own, as customers do: a connection that
 * is given up and made anew is not to delay who notes when the healthy one's requests come. In turns, for the machine's speed
 * changes by more than what is looked for.
 */
export const hanging: StagedCase = {
  name: 'hanging',
  title: `${HEALTHY_PER_SECOND}/s to a healthy endpoint beside ${NEIGHBOURS_PER_SECOND}/s to one that never answers`,
  async run(stage, say) {
    await using opened = new AsyncDisposableStack();
    const neighbours = await ReceiverPeer.start();
    opened.defer(() => neighbours.stop());
    const { tenant, key } = await stage.enter([
      { url: `${stage.peers.receiver.url}/ok`, events: [EVENT_TYPE] },
      { url: `${neighbours.url}/aside`, events: [ANSWERING_TYPE] },
    ]);
    const healthy = (whose: string): Promise<Measured> =>
      paced(stage, { key, rate: HEALTHY_PER_SECOND, seconds: SECONDS }, whose, say);
    const neighbour = { key, rate: NEIGHBOURS_PER_SECOND };
    const hangs = { ...neighbour, type: HANGING_TYPE, settledMs: HANGING_SETTLED_MS };
    const answers = { ...neighbour, type: ANSWERING_TYPE, settledMs: ANSWERING_SETTLED_MS };
    const turns: Turn[] = [];
    for (let turn = 0; turn < stage.options.runs; turn += 1) {
      const before = await healthy('alone');
      const { id } = await stage.target.must<{ id: string }>('POST', `/webhooks?tenant=${tenant}`, {
        url: `${neighbours.url}/hang`,
        events: [HANGING_TYPE],
      });
      const hung: Measured[] = [];
      await beside(stage, hangs, async () => {
        for (let run = 0; run < RUNS_WHILE_IT_HANGS; run += 1)
          hung.push(await healthy('beside one that hangs'));
      });
      await over(stage, tenant, id);
      const after = await healthy('alone');
      const answering = await beside(stage, answers, () => healthy('beside one that answers'));
      turns.push({ alone: [before, after], hung, answering: [answering] });
    }
    await stage.forget(tenant);
    return {
      case: 'hanging',
      title: hanging.title,
      rate: HEALTHY_PER_SECOND,
      engine: turns.flatMap(({ hung }) => hung),
      bareLoop: [],
      figures: figuresOf(turns),
    };
  },
};

/** Ratios are taken turn by turn, of means: a median of two runs would be the better one. */
function figuresOf(turns: readonly Turn[]): readonly Figure[] {
  const alone = turns.flatMap((turn) => turn.alone);
  const answering = turns.flatMap((turn) => turn.answering);
  const ratios = (to: (turn: Turn) => readonly Measured[]): readonly number[] =>
    turns.map((turn) => mean(p99s(turn.hung)) / mean(p99s(to(turn))));
  return [
    { name: 'p50 alone', unit: 'ms', values: p50s(alone) },
    { name: 'p99 alone', unit: 'ms', values: p99s(alone) },
    { name: 'p50 beside one that answers', unit: 'ms', values: p50s(answering) },
    { name: 'p99 beside one that answers', unit: 'ms', values: p99s(answering) },
    {
      name: 'p99 beside one that hangs to p99 beside one that answers',
      unit: '',
      values: ratios((turn) => turn.answering),
    },
    { name: 'p99 beside one that hangs to p99 alone', unit: '', values: ratios((turn) => turn.alone) },
  ];
}

/** Deletes what hangs; resolves once nothing of it hangs or waits: that must not pass for the doing of what is measured next. */
async function over({ target }: Stage, tenant: string, id: string): Promise<void> {
  await target.must('DELETE', `/webhooks/${id}?tenant=${tenant}`);
  // What is in flight ends; all else is cancelled as its time comes.
  await delay(TIMEOUT_MS);
  const waiting = `/deliveries?tenant=${tenant}&webhook=${id}&status=pending&limit=1`;
  await eventually(async () => {
    const { data } = await target.must<{ data: unknown[] }>('GET', waiting);
    if (data.length > 0) throw new Error('deliveries to the endpoint that hung still wait');
  }, 120_000);
}
