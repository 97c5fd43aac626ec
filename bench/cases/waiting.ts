import { randomUUID } from 'node:crypto';
import { encodeWaiting, retryTopicOf, type Log, type NewRecord } from '#log';
import { median } from '../machine/statistics.ts';
import type { StagedCase } from './case.ts';
import type { Figure } from './case-result.ts';
import type { Measured } from './bench-run.ts';
import { lineOfRun, ms, whole } from './lines.ts';
import { FIRST_RETRY_MS, publishAndDeliver, type Shape } from './publish-and-deliver.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

/** Not due before the case is over. */
const TIERS = ['30m', '2h'] as const;
const DELAY_MS: Readonly<Record<(typeof TIERS)[number], number>> = { '30m': 1_800_000, '2h': 7_200_000 };
const PER_APPEND = 1_000;
const BODY = Buffer.from(JSON.stringify({ type: 'bench.event', data: { filler: 'x'.repeat(960) } }));
/** A dispatcher remembers so many events and deliveries that are done, at most (RecentBudget). */
const REMEMBERED = 500_000;
const BATCH = 100;
const RETRIED_PER_SECOND = 100;
const RETRIED_SECONDS = 20;

/** Whether what waits costs anything while it waits, and whether it makes retries late. */
export const waiting: StagedCase = {
  name: 'waiting',
  title: 'saturated, while deliveries wait in the tiers',
  isAlone: true,
  async run(stage, say) {
    const { url } = stage.peers.receiver;
    const { tenant, key } = await stage.enter([{ url: `${url}/ok`, events: ['bench.event'] }]);
    const shape = {
      key,
      requests: stage.options.events,
      batch: 1,
      connections: CONNECTIONS,
      rate: null,
      fanOut: 1,
    };
    // First as much is done as is remembered: what grows after that grows with what waits.
    await publishAndDeliver(stage.engine, { ...shape, requests: REMEMBERED / BATCH, batch: BATCH });
    const steps = stage.options.isFull ? [0, 100_000, 1_000_000] : [0, 100_000];
    const figures: Figure[] = [];
    const all: Measured[][] = [];
    for (const [at, count] of steps.entries()) {
      await stage.target.withLog((log) => fill(log, tenant, count - (steps[at - 1] ?? 0)));
      // What the fill has stirred up is quiet again, and a process that was started anew is warm.
      await publishAndDeliver(stage.engine, { ...shape, requests: Math.ceil(shape.requests / 2) });
      const runs: Measured[] = [];
      for (let run = 0; run < stage.options.runs; run += 1) {
        runs.push(await publishAndDeliver(stage.engine, shape));
        say(lineOfRun(`${whole(count)} waiting`, runs.at(-1) as Measured));
      }
      all.push(runs);
      figures.push(...figuresOf(stage, `with ${whole(count)}`, runs));
      if (count === 100_000) figures.push(...(await lateness(stage, say)));
    }
    const rate = (runs: readonly Measured[] = []): number =>
      median(runs.map((one) => one.deliveriesPerSecond));
    figures.push({
      name: 'deliveries/s with most to none',
      unit: '',
      values: [rate(all.at(-1)) / rate(all[0])],
    });
    return {
      case: 'waiting',
      title: waiting.title,
      rate: null,
      engine: all.at(-1) ?? [],
      bareLoop: [],
      figures,
    };
  },
};

function figuresOf({ target }: Stage, name: string, runs: readonly Measured[]): readonly Figure[] {
  return [
    { name: `${name}: deliveries`, unit: '/s', values: runs.map((one) => one.deliveriesPerSecond) },
    ...target.processes.map(({ app }) => ({
      name: `${name}: ${app}`,
      unit: 'MiB',
      values: runs.map(({ byRole }) => byRole[app]?.residentMiB ?? Number.NaN),
    })),
  ];
}

/** Each event is refused at first. */
async function lateness(stage: Stage, say: (line: string) => void): Promise<readonly Figure[]> {
  const { key } = await stage.enter([{ url: `${stage.peers.receiver.url}/flaky` }]);
  const requests = RETRIED_PER_SECOND * RETRIED_SECONDS;
  const shape: Shape = {
    key,
    requests,
    batch: 1,
    connections: CONNECTIONS,
    rate: RETRIED_PER_SECOND,
    fanOut: 1,
    refused: { deliveries: requests, retryMs: FIRST_RETRY_MS },
  };
  const { retryLateness } = await publishAndDeliver(stage.engine, shape);
  say(`  second attempts late by p50 ${ms(retryLateness?.p50 ?? NaN)}, p99 ${ms(retryLateness?.p99 ?? NaN)}`);
  return [
    { name: 'retry lateness p50', unit: 'ms', values: [retryLateness?.p50 ?? Number.NaN] },
    { name: 'retry lateness p99', unit: 'ms', values: [retryLateness?.p99 ?? Number.NaN] },
  ];
}

/** As the dispatcher would have written them, spread over all partitions. */
async function fill(log: Log, tenant: string, count: number): Promise<void> {
  const { length: partitions } = await log.endOffsets('events');
  for (let done = 0; done < count; done += PER_APPEND) {
    const size = Math.min(PER_APPEND, count - done);
    await log.append(
      Array.from({ length: size }, (_, n) => waitingRecord(tenant, (done + n) % partitions, n)),
    );
  }
}

function waitingRecord(tenant: string, partition: number, n: number): NewRecord {
  const tier = TIERS[n % TIERS.length] ?? '2h';
  const now = Date.now();
  const deliveryId = randomUUID();
  const encoded = encodeWaiting({
    ref: {
      deliveryId,
      tenantId: tenant,
      endpointId: 'wh_of_nobody',
      eventId: `msg_${deliveryId.replaceAll('-', '').slice(0, 26)}`,
      eventType: 'bench.event',
      chain: 0,
      askedBy: 'event',
      eventOffset: 0,
      occurredAt: now,
      acceptedAt: now,
    },
    attempt: 4,
    step: 4,
    dueAt: now + DELAY_MS[tier],
    hops: [],
    deferredSince: null,
    body: BODY,
  });
  return { topic: retryTopicOf(tier), partition, ...encoded };
}
