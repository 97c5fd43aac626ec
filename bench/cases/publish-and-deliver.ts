import { setTimeout as delay } from 'node:timers/promises';
import type { LoadReport } from '../load-order.ts';
import { costBetween, costByRole } from '../machine/process-cost.ts';
import { spread, type Spread } from '../machine/statistics.ts';
import type { Arrivals } from '../receiver-process.ts';
import { writtenToDisk } from '../machine/written-bytes.ts';
import { quiet } from './quiet.ts';
import { perDelivery, type Bench, type Measured } from './bench-run.ts';

export interface Shape {
  readonly key: string;
  readonly requests: number;
  readonly batch: number;
  readonly connections: number;
  /** Requests per second; null: as fast as they are answered. */
  readonly rate: number | null;
  /** Endpoints that get each event. */
  readonly fanOut: number;
  /** Of the first attempts, those that the receiver refuses; they come a second time after `retryMs`. */
  readonly refused?: { readonly deliveries: number; readonly retryMs: number };
}

export const EVENT_TYPE = 'bench.event';
/** Of the contract that the benchmarks' tenants have. */
export const FIRST_RETRY_MS = 16_000;
/** So that a body is 1 KiB. */
export const FILLER = 960;
/** Outcomes, rows and commits of the last deliveries belong to their cost, and longer where there is a queue of them. */
const QUIET_MS = 1_500;

/** Publishes, waits until every event has come to every endpoint and all is quiet, and says what that took. */
export async function publishAndDeliver(bench: Bench, shape: Shape): Promise<Measured> {
  const { target, load, receiver } = bench;
  const { requests, batch, connections, rate, key, refused } = shape;
  const events = requests * batch;
  const deliveries = events * shape.fanOut;
  // The bare loop makes no second attempt.
  const failed = target.retries ? 0 : (refused?.deliveries ?? 0);
  await receiver.reset();
  const diskBefore = bench.asksDevice ? await writtenToDisk() : null;
  const before = await costByRole();
  const published = await load.run({
    host: target.host,
    port: target.port,
    key,
    type: EVENT_TYPE,
    requests,
    batch,
    connections,
    rate,
    filler: FILLER,
    from: 0,
  });
  await receiver.received({ first: deliveries, delivered: 0 });
  const delivered = await costByRole();
  await receiver.received({ first: deliveries, delivered: deliveries - failed });
  const arrivals = await receiver.report();
  await delay(QUIET_MS);
  if (rate === null) await quiet(target);
  const byRole = perDelivery(costBetween(before, await costByRole()), deliveries, target);
  const diskAfter = bench.asksDevice ? await writtenToDisk() : null;
  const roles = Object.values(byRole);
  const began = min(published.sentAt);
  const seconds = (max(arrivals.at) - began) / 1e6;
  const ofACore = (role: string): number =>
    (costBetween(before, delivered).get(role)?.cpuSeconds ?? Number.NaN) / seconds;
  return {
    events,
    deliveries,
    deliveriesPerSecond: Math.round(deliveries / seconds),
    acceptedPerSecond: Math.round(events / ((max(published.acceptedAt) - began) / 1e6)),
    sendToReceive: since(published.sentAt, arrivals),
    acceptToReceive: since(published.acceptedAt, arrivals),
    cpuMicros: roles.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    writtenBytes: roles.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0),
    deviceBytes:
      diskBefore === null || diskAfter === null ? null : Math.round((diskAfter - diskBefore) / deliveries),
    byRole,
    peers: { load: ofACore('load'), receiver: ofACore('receiver') },
    retryLateness: refused === undefined || !target.retries ? null : lateness(arrivals, refused.retryMs),
  };
}

/** Ms, over all first attempts. */
function since(times: LoadReport['sentAt'], { numbers, at }: Arrivals): Spread {
  return spread(at.map((came, nth) => (came - (times[numbers[nth] ?? 0] ?? Number.NaN)) / 1_000));
}

const lateness = ({ waits }: Arrivals, retryMs: number): Spread => spread(waits.map((ms) => ms - retryMs));

const min = (times: Float64Array): number => times.reduce((least, at) => Math.min(least, at), Infinity);
const max = (times: Float64Array): number => times.reduce((most, at) => Math.max(most, at), 0);
