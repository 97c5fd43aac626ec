import { Seeded, shareOf, weightedBy } from '../../../support/seeded.ts';
import { contractFacts, type ContractName } from './contract-facts.ts';
import type { PlannedTenant } from './world.ts';

export interface PlannedEvent {
  readonly n: number;
  readonly id: string;
  readonly tenant: string;
  readonly contract: ContractName;
  readonly type: string;
  /** Found again in the body, whatever contract renders it. */
  readonly marker: string;
  readonly filler: string;
  /** How long ago it happened upstream, ms: Hyperspell's receivers refuse what is older than 300 s. */
  readonly agoMs: number;
  /** It is published again so long after its 202; with other content where `changed` (P10). */
  readonly again: { readonly afterMs: number; readonly changed: boolean } | undefined;
}

/** A form that all contracts take: 21 characters, `evt_` first. */
export const eventId = (n: number): string => `evt_${String(n).padStart(17, '0')}`;

const LARGE = 40_000;

/** The event number n of a run. */
export function plannedEvent(seed: number, world: readonly PlannedTenant[], n: number): PlannedEvent {
  const random = Seeded.for(seed, `event ${n}`);
  const tenant = random.pick(world);
  const [main, second, rare] = contractFacts[tenant.contract].types;
  const type = { main, second, rare }[random.weighted({ main: 14, second: 5, rare: 1 })];
  const isOld = contractFacts[tenant.contract].expires && random.chance(0.1);
  const isAgain = random.chance(0.06);
  const afterMs = random.between(50, 15_000);
  return {
    n,
    id: eventId(n),
    tenant: tenant.id,
    contract: tenant.contract,
    type,
    marker: markerOf(n, 1),
    filler: 'x'.repeat(random.chance(0.01) ? LARGE : random.between(1, 1_200)),
    agoMs: isOld ? random.between(274_000, 281_000) : 0,
    again: isAgain ? { afterMs, changed: random.chance(0.5) } : undefined,
  };
}

/** `copy` 1: the content that must be delivered. */
export const markerOf = (n: number, copy: number): string => `mark-${n}-${copy}-`;

/** The number and copy that a body carries; undefined: none, as in a test's sample. */
export function markerIn(body: string): { readonly n: number; readonly copy: number } | undefined {
  const [, n, copy] = /mark-(\d+)-(\d+)-/.exec(body) ?? [];
  return n === undefined ? undefined : { n: Number(n), copy: Number(copy) };
}

/** As POST /events takes it. */
export function publishable(event: PlannedEvent, now: number, copy = 1): object {
  const { data } = contractFacts[event.contract];
  return {
    id: event.id,
    tenant: event.tenant,
    type: event.type,
    ...(event.agoMs === 0 ? {} : { occurred_at: new Date(now - event.agoMs).toISOString() }),
    data: data(markerOf(event.n, copy), event.filler),
  };
}

const PACE_MS = 2_000;
const paces = [
  [300, 8],
  [70, 1],
  [700, 1],
] as const;

/** Ms between two requests of one publisher, at a moment of the run: mostly even, with bursts and lulls. */
export const pauseAt = (seed: number, at: number): number =>
  weightedBy(shareOf(seed, 'pace', Math.floor(at / PACE_MS)), paces);

/** Events of the request that begins with event n. */
export const requestSize = (seed: number, n: number): number => 1 + Math.floor(6 * shareOf(seed, 'size', n));
