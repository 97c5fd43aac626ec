import { setTimeout as delay } from 'node:timers/promises';
import { costBetween, costByRole } from '../machine/process-cost.ts';
import { percentile } from '../machine/statistics.ts';
import { perDelivery, type Bench, type Measured } from './bench-run.ts';

export interface Shape {
  readonly case: string;
  readonly key: string;
  readonly requests: number;
  readonly batch: number;
  readonly connections: number;
  readonly rate: number | null;
  /** Endpoints that get each event. */
  readonly fanOut: number;
}

/** So that a body is 1 KiB. */
const FILLER = 960;
/** Outcomes, rows and commits of the last deliveries belong to their cost. */
const QUIET_MS = 1_500;

/** Publishes, waits until every event has come to every endpoint and all is quiet, and says what that took. */
export async function publishAndDeliver(bench: Bench, shape: Shape): Promise<Measured> {
  const { target, load, receiver } = bench;
  const events = shape.requests * shape.batch;
  const deliveries = events * shape.fanOut;
  await receiver.reset();
  const before = await costByRole();
  const { sentAt, acceptedAt } = await load.run({
    host: target.host,
    port: target.port,
    key: shape.key,
    type: 'bench.event',
    requests: shape.requests,
    batch: shape.batch,
    connections: shape.connections,
    rate: shape.rate,
    filler: FILLER,
    from: 0,
  });
  await receiver.delivered(deliveries);
  const arrivals = await receiver.report();
  await delay(QUIET_MS);
  const byRole = perDelivery(costBetween(before, await costByRole()), deliveries, target);
  const first = Math.min(...sampled(sentAt));
  const last = arrivals.lastAt;
  const accepted = acceptedAt.reduce((latest, at) => Math.max(latest, at), 0);
  const seconds = (last - first) / 1e6;
  const since = (from: Float64Array) => {
    const ms = Array.from(from, (at, n) => ((arrivals.at[n] ?? Number.NaN) - at) / 1_000);
    return { p50: percentile(ms, 50), p99: percentile(ms, 99) };
  };
  const roles = Object.values(byRole);
  return {
    case: shape.case,
    target: target.name,
    events,
    deliveries,
    deliveriesPerSecond: Math.round(deliveries / seconds),
    acceptedPerSecond: Math.round(events / ((accepted - first) / 1e6)),
    sendToReceive: since(sentAt),
    acceptToReceive: since(acceptedAt),
    cpuMicros: roles.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0),
    writtenBytes: roles.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0),
    byRole,
  };
}

/** The earliest are among the first: requests begin in order. */
const sampled = (times: Float64Array): readonly number[] => [...times.subarray(0, 1_000)];
