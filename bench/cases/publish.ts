import type { Transport } from '../load-order.ts';
import { costBetween, costByRole } from '../machine/process-cost.ts';
import { spread } from '../machine/statistics.ts';
import type { EngineProcess } from '../targets/target.ts';
import type { StagedCase } from './case.ts';
import type { Figure } from './case-result.ts';
import { whole } from './lines.ts';
import { EVENT_TYPE, FILLER } from './publish-and-deliver.ts';
import { quiet } from './quiet.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

interface Way {
  readonly name: string;
  readonly transport: Transport;
  readonly batch: number;
}

const ways: readonly Way[] = [
  { name: 'REST', transport: 'rest', batch: 1 },
  { name: 'REST, 100 a request', transport: 'rest', batch: 100 },
  { name: 'gRPC', transport: 'grpc', batch: 1 },
  { name: 'gRPC stream', transport: 'grpc-stream', batch: 1 },
];

/** Events a second at which latency is told: far from what is saturated. */
const PACED = 500;
const PACED_SECONDS = 6;
/** A batch is a burst of its own; at this pace they do not meet. */
const PACED_BATCHES = 5;

interface Published {
  readonly perSecond: number;
  /** Of the process that takes events in, per event. */
  readonly cpuMicros: number;
  readonly p50: number;
  readonly p99: number;
}

/** Publishing by itself: no endpoint wants the events, so that the way in is what works. */
export const publish: StagedCase = {
  name: 'publish',
  title: 'publishing to nobody, over REST and gRPC: saturated, then paced',
  isAlone: true,
  env: { HYPERHOOK_GRPC_PORT: '0' },
  async run(stage, say) {
    const { key } = await stage.enter([]);
    const runs = new Map<string, Published[]>(ways.map(({ name }) => [name, []]));
    // The first round warms up what only this case uses, and is not told.
    for (let run = 0; run <= stage.options.runs; run += 1) {
      for (const way of ways) {
        const published = await once(stage, way, key);
        if (run === 0) continue;
        runs.get(way.name)?.push(published);
        say(lineOf(way.name, published));
      }
    }
    const figures = [...runs].flatMap(([name, all]): Figure[] => [
      { name: `${name}: accepted`, unit: '/s', values: all.map(({ perSecond }) => perSecond) },
      { name: `${name}: CPU of the way in`, unit: 'µs', values: all.map(({ cpuMicros }) => cpuMicros) },
      { name: `${name}: p50`, unit: 'ms', values: all.map(({ p50 }) => p50) },
      { name: `${name}: p99`, unit: 'ms', values: all.map(({ p99 }) => p99) },
    ]);
    return { case: 'publish', title: publish.title, rate: null, engine: [], bareLoop: [], figures };
  },
};

async function once(stage: Stage, way: Way, key: string): Promise<Published> {
  const { target, options } = stage;
  const taker = wayInOf(stage);
  await quiet(target);
  const before = await costByRole();
  const requests = Math.round(options.events / way.batch);
  const saturated = await load(stage, way, key, requests, null);
  const used = costBetween(before, await costByRole()).get(taker.app)?.cpuSeconds ?? Number.NaN;
  const events = requests * way.batch;
  await quiet(target);
  const rate = way.batch === 1 ? PACED : PACED_BATCHES;
  const paced = await load(stage, way, key, rate * PACED_SECONDS, rate);
  const { p50, p99 } = spread(
    paced.acceptedAt.map((at, n) => (at - (paced.sentAt[n] ?? Number.NaN)) / 1_000),
  );
  const seconds =
    (saturated.acceptedAt.reduce((most, at) => Math.max(most, at), 0) - (saturated.sentAt[0] ?? 0)) / 1e6;
  return { perSecond: Math.round(events / seconds), cpuMicros: Math.round((used * 1e6) / events), p50, p99 };
}

function load(stage: Stage, way: Way, key: string, requests: number, rate: number | null) {
  const { target, peers } = stage;
  const { grpc } = wayInOf(stage);
  const { transport, batch } = way;
  const at =
    transport === 'rest'
      ? { host: target.host, port: target.port }
      : { host: grpc.slice(0, grpc.lastIndexOf(':')), port: Number(grpc.slice(grpc.lastIndexOf(':') + 1)) };
  return peers.load.run({
    ...at,
    key,
    type: EVENT_TYPE,
    transport,
    requests,
    batch,
    connections: CONNECTIONS,
    rate,
    filler: FILLER,
    from: 0,
  });
}

/** The process that takes events in. */
function wayInOf({ target }: Stage): EngineProcess {
  const found = target.processes.find(({ app }) => app === 'ingestion' || app === 'standalone');
  if (found === undefined) throw new Error('nothing takes events in');
  return found;
}

function lineOf(name: string, { perSecond, cpuMicros, p50, p99 }: Published): string {
  return (
    `  ${name}: ${whole(perSecond)} accepted/s, CPU ${cpuMicros} µs; ` +
    `paced p50 ${p50.toFixed(2)} ms p99 ${p99.toFixed(2)} ms`
  );
}
