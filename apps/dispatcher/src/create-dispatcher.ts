import type { Contract } from '#contracts';
import type { FollowedControl, SecretBox } from '#control';
import { Batcher, RecentBudget, WaitingBudget, WindowBudget, type Log } from '#log';
import type { Sender } from '#webhook-http';
import { AttemptRunner } from './attempt/attempt-runner.ts';
import { PreparedEndpoints } from './attempt/prepared-endpoints.ts';
import { Settlement } from './attempt/settlement.ts';
import { ControlReached } from './desk/control-reached.ts';
import { Intake } from './desk/intake.ts';
import { LateSuccessors } from './desk/late-successors.ts';
import type { PartitionBacklog } from './desk/partition-backlog.ts';
import type { DispatcherSignals } from './dispatcher-signals.ts';
import { Dispatcher } from './dispatcher.ts';
import { defaultLanesOptions, Lanes, type LanesOptions } from './lanes/lanes.ts';

export interface DispatcherOptions {
  readonly lanes?: Partial<LanesOptions>;
  /** Records in hand of one topic-partition, before its fetching pauses. */
  readonly windowRecords?: number;
  readonly windowBytes?: number;
  /** Records waiting in memory over all tiers (R16). */
  readonly waitingRecords?: number;
  readonly waitingBytes?: number;
  /** Send the three `webhook-*` headers beside every contract's own. */
  readonly standardWebhooks?: boolean;
}

export interface DispatcherDeps {
  readonly log: Log;
  readonly control: FollowedControl;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly secrets: SecretBox;
  readonly sender: Sender;
  readonly signals: DispatcherSignals;
  readonly timeScale: number;
  readonly options?: DispatcherOptions;
  /** The process should end. */
  readonly onCrash: (error: Error) => void;
}

/** A running dispatcher, as apps and tests see it. */
export interface RunningDispatcher {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly isReady: boolean;
  /** Gauges, read when metrics are asked for. */
  gauges(): {
    inFlight: number;
    queued: number;
    inHand: number;
    hangingLanes: number;
    appendsWaiting: number;
  };
  /** Where it stands in each topic-partition that it owns, and since when the oldest delivery there is due. */
  backlog(): readonly PartitionBacklog[];
}

/** In hand from `events` and `deliveries`, over all partitions that the process owns (R16, R19). */
const WINDOWS_RECORDS = 4_096;
const WINDOWS_BYTES = 16 * 1_024 * 1_024;

/**
 * At 1,000 deliveries a second an append of its own for each outcome is 8 % of all CPU (decision 0017). Nobody waits for an outcome
 * but the slot of its attempt. Where appends come one by one, fewer than 250 a second, none waits at all.
 */
const GATHER_MS = 4;
/** Fewer than may be unsettled before attempts must wait (decision 0013). */
const GATHER_RECORDS = 48;

/** Puts the dispatcher together. Nothing starts before `start`. */
export function createDispatcher(deps: DispatcherDeps): RunningDispatcher {
  const { control, contracts, log, secrets, sender, signals, timeScale, options = {} } = deps;
  const batcher = new Batcher(log, {
    gatherMs: GATHER_MS,
    gatherRecords: GATHER_RECORDS,
    onTrouble: (error, tries) => signals.alert('append_refused', { error: error.message, tries }),
  });
  const lanes: Lanes = new Lanes(
    { ...defaultLanesOptions, ...options.lanes },
    {
      now: () => performance.now(),
      mayStart: (partition) => dispatcher.mayStart(partition),
      crowded: (partition) => dispatcher.isCrowded(partition),
      limitsOf: (endpointId) => control.table.endpoint(endpointId)?.limits,
    },
  );
  const settlement = new Settlement(signals, timeScale);
  const prepared = new PreparedEndpoints(secrets, { standardWebhooks: options.standardWebhooks ?? false });
  const now = () => log.now();
  const runner = new AttemptRunner({ control, contracts, prepared, sender, settlement, timeScale, now });
  const controlReached = new ControlReached(log, control);
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  const intake = new Intake({
    contracts,
    control,
    lanes,
    runner,
    settlement,
    timeScale,
    controlReached,
    later,
  });
  const dispatcher = new Dispatcher({
    log,
    batcher,
    lanes,
    intake,
    lateSuccessors: new LateSuccessors(log, settlement),
    signals,
    caps: { records: options.windowRecords ?? 2_048, bytes: options.windowBytes ?? 16 * 1_024 * 1_024 },
    timeScale,
    budgets: {
      deliveries: new RecentBudget(),
      events: new RecentBudget(),
      waiting: new WaitingBudget(options.waitingRecords ?? 4_000, options.waitingBytes ?? 6 * 1_024 * 1_024),
      windows: new WindowBudget(WINDOWS_RECORDS, WINDOWS_BYTES),
    },
    onCrash: deps.onCrash,
  });
  return {
    start: () => dispatcher.start(),
    stop: async () => {
      controlReached.stop();
      await dispatcher.stop();
      for (const timer of timers) clearTimeout(timer);
      await batcher.idle();
      batcher.stop();
    },
    get isReady() {
      return dispatcher.isReady;
    },
    gauges: () => ({
      inFlight: lanes.inFlight,
      queued: lanes.queued,
      inHand: dispatcher.inHand,
      hangingLanes: lanes.hanging,
      appendsWaiting: batcher.waiting,
    }),
    backlog: () => dispatcher.backlog(),
  };
}
