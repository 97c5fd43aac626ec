import { partitionOf } from '#log';
import { median } from '../machine/statistics.ts';
import { beside } from './beside.ts';
import type { Measured } from './bench-run.ts';
import type { StagedCase } from './case.ts';
import { p99s, paced } from './paced.ts';
import { EVENT_TYPE } from './publish-and-deliver.ts';
import type { Stage } from './stage.ts';

/** As many a second in all as in the other cases with a rate: more, and p99 tells how busy two cores are, whoever keeps them so. */
const RATE = 20;
/** Nine tenths of all. */
const BUSY_RATE = 180;
const BUSY_TYPE = 'bench.busy';
const SECONDS = 20;
const SETTLED_MS = 3_000;

/** A tenant's latency beside another that makes nine tenths of the load: one on the same partition, and one on another. */
export const busyNeighbour: StagedCase = {
  name: 'busy-neighbour',
  title: `${RATE}/s of one tenant beside ${BUSY_RATE}/s of another`,
  async run(stage, say) {
    const { url } = stage.peers.receiver;
    const busy = await stage.enter([{ url: `${url}/aside` }]);
    const { same, other } = await neighboursOf(stage, busy.tenant);
    const measured = (key: string, whose: string): Promise<Measured> =>
      paced(stage, { key, rate: RATE, seconds: SECONDS }, whose, say);
    const neighbour = { key: busy.key, type: BUSY_TYPE, rate: BUSY_RATE, settledMs: SETTLED_MS };
    const alone: Measured[] = [];
    const besideSame: Measured[] = [];
    const besideOther: Measured[] = [];
    // In turns: whatever the machine does meanwhile comes to all alike.
    for (let run = 0; run < stage.options.runs; run += 1) {
      alone.push(await measured(same, 'alone'));
      await beside(stage, neighbour, async () => {
        besideSame.push(await measured(same, 'beside, same partition'));
        besideOther.push(await measured(other, 'beside, another one'));
      });
    }
    return {
      case: 'busy-neighbour',
      title: busyNeighbour.title,
      rate: RATE,
      engine: besideSame,
      bareLoop: [],
      figures: [
        { name: 'p99 alone', unit: 'ms', values: p99s(alone) },
        { name: 'p99 beside it, on its partition', unit: 'ms', values: p99s(besideSame) },
        { name: 'p99 beside it, on another', unit: 'ms', values: p99s(besideOther) },
        {
          name: 'p99 beside it to p99 alone',
          unit: '',
          values: [median(p99s([...besideSame, ...besideOther])) / median(p99s(alone))],
        },
      ],
    };
  },
};

/** Keys of a tenant whose events stand in the same partition as those of `busy`, and of one whose do not. */
async function neighboursOf(
  stage: Stage,
  busy: string,
): Promise<{ readonly same: string; readonly other: string }> {
  const { receiver } = stage.peers;
  let partitions = 0;
  await stage.target.withLog(async (log) => {
    partitions = (await log.endOffsets('events')).length;
  });
  const taken = partitionOf(busy, partitions);
  let [same, other]: (string | undefined)[] = [];
  while (same === undefined || other === undefined) {
    const { tenant, key } = await stage.enter([{ url: `${receiver.url}/ok`, events: [EVENT_TYPE] }]);
    if (partitionOf(tenant, partitions) === taken) same ??= key;
    else other ??= key;
    // Nothing is told apart where there is one partition.
    if (partitions === 1) other ??= key;
  }
  return { same, other };
}
