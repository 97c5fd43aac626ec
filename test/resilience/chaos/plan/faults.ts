import { assertNever } from '#domain';
import { Seeded } from '../../../support/seeded.ts';

export interface ChaosOptions {
  readonly seed: number;
  /** How long faults go on. */
  readonly minutes: number;
  /** Brokers of the cluster; undefined: the standalone process. */
  readonly brokers: 1 | 3 | undefined;
}

export const SESSION_MS = 20_000;

/** Ms since the run began; `forMs`: how long it lasts, as far as that is planned. */
interface Planned {
  readonly at: number;
  readonly forMs: number;
}

export type ProcessFault = Planned & {
  readonly kind: 'kill' | 'stop' | 'pause' | 'join';
  /** One copy of one app, e.g. `dispatcher-2`; the standalone process is `standalone-1`. */
  readonly slot: string;
};
export type BrokerFault = Planned & {
  readonly kind: 'broker-kill' | 'broker-stop' | 'broker-freeze';
  readonly broker: number;
};
export type DatabaseFault = Planned & { readonly kind: 'database-away' | 'database-kill' };
/** Another copy is started on a folder that is in use: it must refuse, and harm nothing. */
export type SecondCopyFault = Planned & { readonly kind: 'second-copy' };
export type Fault = ProcessFault | BrokerFault | DatabaseFault | SecondCopyFault;

/** One of each kind to begin with, two where that is what scales. */
export const kafkaSlots = [
  'dispatcher-1',
  'dispatcher-2',
  'ingestion-1',
  'ingestion-2',
  'projector-1',
  'admin-1',
] as const;
const guests = ['dispatcher-3', 'dispatcher-4', 'ingestion-3', 'projector-2', 'admin-2'] as const;

const FIRST_MS = 8_000;
/** Left alone at the end of each minute: what is slow then is not slow because of a fault. */
const QUIET_FROM_MS = 50_000;
const MINUTE_MS = 60_000;

/** All faults of a run, in their order. */
export function planFaults(options: ChaosOptions): readonly Fault[] {
  const end = options.minutes * MINUTE_MS;
  const tracks =
    options.brokers === undefined
      ? [standaloneTrack(options.seed, end)]
      : [
          processTrack(options.seed, end),
          brokerTrack(options.seed, end, options.brokers),
          databaseTrack(options.seed, end),
        ];
  return tracks.flat().sort((a, b) => a.at - b.at);
}

function processTrack(seed: number, end: number): readonly Fault[] {
  const random = Seeded.for(seed, 'processes');
  const busyUntil = new Map<string, number>();
  const faults: Fault[] = [];
  for (let at = FIRST_MS; at < end; at = outsideQuiet(at + random.between(3_000, 9_000))) {
    const kind = random.weighted({ kill: 4, stop: 3, pause: 4, join: 2 });
    const app = random.weighted({ dispatcher: 6, ingestion: 2, projector: 2, admin: 1 });
    const isGuest = kind === 'join';
    const slots = (isGuest ? guests : kafkaSlots).filter(
      (slot) => slot.startsWith(app) && (busyUntil.get(slot) ?? 0) <= at,
    );
    const forMs = processMs(random, kind, app);
    if (slots.length === 0) continue;
    const slot = random.pick(slots);
    busyUntil.set(slot, at + forMs + 6_000);
    faults.push({ kind, slot, at, forMs });
  }
  return faults;
}

/** A pause is short, or longer than the group waits. */
function processMs(random: Seeded, kind: ProcessFault['kind'], app: string): number {
  if (kind === 'join') return random.between(8_000, 20_000);
  if (kind !== 'pause') return random.between(0, 6_000);
  const isLong = random.chance(0.4) && (app === 'dispatcher' || app === 'projector');
  return isLong ? SESSION_MS + random.between(3_000, 8_000) : random.between(200, 3_000);
}

/** One after the other, the one before back for a while: never more than one is down. */
function brokerTrack(seed: number, end: number, brokers: 1 | 3): readonly Fault[] {
  const random = Seeded.for(seed, 'brokers');
  const faults: Fault[] = [];
  const [rest, most] = brokers === 3 ? [12_000, 12_000] : [20_000, 6_000];
  let at = FIRST_MS + random.between(2_000, 10_000);
  while (at < end) {
    const kind = random.weighted({ 'broker-kill': 4, 'broker-stop': 2, 'broker-freeze': 2 });
    const forMs = random.between(1_000, most);
    faults.push({ kind, broker: random.between(1, brokers), at, forMs });
    at = outsideQuiet(at + forMs + rest + random.between(0, 10_000));
  }
  return faults;
}

function databaseTrack(seed: number, end: number): readonly Fault[] {
  const random = Seeded.for(seed, 'database');
  const faults: Fault[] = [];
  let at = FIRST_MS + random.between(5_000, 20_000);
  while (at < end) {
    const forMs = random.between(3_000, 15_000);
    faults.push({ kind: 'database-away', at, forMs });
    at = outsideQuiet(at + forMs + random.between(20_000, 40_000));
  }
  return faults;
}

/** One process: one fault at a time. */
function standaloneTrack(seed: number, end: number): readonly Fault[] {
  const random = Seeded.for(seed, 'standalone');
  const faults: Fault[] = [];
  for (let at = FIRST_MS; at < end; at = outsideQuiet(at + random.between(4_000, 10_000))) {
    const kind = random.weighted({ kill: 5, stop: 3, pause: 3, 'database-kill': 2, 'second-copy': 1 });
    if (kind === 'second-copy' || kind === 'database-kill') {
      faults.push({ kind, at, forMs: kind === 'second-copy' ? 0 : random.between(0, 3_000) });
    } else {
      const forMs = kind === 'pause' ? random.between(200, 12_000) : random.between(0, 3_000);
      faults.push({ kind, slot: 'standalone-1', at, forMs });
      at += forMs;
    }
  }
  return faults;
}

function outsideQuiet(at: number): number {
  const inMinute = at % MINUTE_MS;
  return inMinute < QUIET_FROM_MS ? at : at - inMinute + MINUTE_MS;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** What a fault does, for people. */
export function describeFault(fault: Fault): string {
  const { forMs } = fault;
  switch (fault.kind) {
    case 'kill':
      return `kill -9 ${fault.slot}, started again after ${seconds(forMs)}`;
    case 'stop':
      return `SIGTERM ${fault.slot}, started again after ${seconds(forMs)}`;
    case 'pause':
      return `SIGSTOP ${fault.slot} for ${seconds(forMs)}`;
    case 'join':
      return `${fault.slot} joins, and leaves by SIGTERM after ${seconds(forMs)}`;
    case 'broker-kill':
      return `kill -9 broker ${fault.broker}, started again after ${seconds(forMs)}`;
    case 'broker-stop':
      return `SIGTERM broker ${fault.broker}, started again after ${seconds(forMs)}`;
    case 'broker-freeze':
      return `broker ${fault.broker} hangs for ${seconds(forMs)}`;
    case 'database-away':
      return `PostgreSQL stopped for ${seconds(forMs)}`;
    case 'database-kill':
      return `kill -9 of the embedded PostgreSQL, started again after ${seconds(forMs)}`;
    case 'second-copy':
      return 'a second copy is started on the same folder';
    default:
      return assertNever(fault);
  }
}
