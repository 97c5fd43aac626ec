import { randomUUID } from 'node:crypto';
import { KeyUses, PortalTokens } from '#control';
import { noTenantLimits, type TenantLimits } from '#domain';
import { LiveHub, type LiveLimits, type LivePaces } from './live/live-hub.ts';
import { EndpointRoom } from './use-cases/endpoint-room.ts';
import { ReplayRunner } from './replays/replay-runner.ts';
import type { ReplayMetrics } from './replays/replay-world.ts';
import { statsView } from './rest/stats.view.ts';
import { KeyRates } from './use-cases/key-rates.ts';
import { OldAnswers } from './use-cases/old-answers.ts';
import { OutcomeFollower } from './use-cases/outcome-follower.ts';
import { MinutePace } from './use-cases/minute-pace.ts';
import type { AdminContext } from './use-cases/admin-context.ts';
import type { Log } from '#log';

type MadeHere =
  | 'log'
  | 'live'
  | 'outcomes'
  | 'portal'
  | 'keyUses'
  | 'endpointRoom'
  | 'testPace'
  | 'revealPace'
  | 'keyRates'
  | 'oldAnswers';

/** What the process has and admin shares; the control table and the writer are the process's own. */
export interface AdminDeps extends Omit<AdminContext, MadeHere> {
  /** For one key, in this process; 0: no limit. */
  readonly requestsPerMinute: number;
  /** What every tenant may whose own limits say nothing; default: anything. */
  readonly quotas?: TenantLimits;
  readonly log: Pick<Log, 'append' | 'read' | 'readOne' | 'startOffsets' | 'endOffsets' | 'follow' | 'join'>;
  readonly replayMetrics: ReplayMetrics;
  readonly liveLimits: LiveLimits;
  /** Default: as a page needs them. */
  readonly livePaces?: LivePaces;
  /** Jobs cannot be carried on any more; the process should end. */
  readonly onCrash: (error: Error) => void;
}

export interface Admin {
  readonly context: AdminContext;
  /** After the control table has been started. Resolves once this process takes part in carrying replays on. */
  start(): Promise<void>;
  /**
   * Lets tests that wait go; their answers say "pending". Replays stop at a place from which they go on. Pages that listen
   * are told.
   */
  stop(): Promise<void>;
}

/** Administration without any transport: REST and gRPC (admin.module.ts) stand before the same context. */
export function createAdmin(deps: AdminDeps): Admin {
  const outcomes = new OutcomeFollower(deps.log);
  const keyUses = new KeyUses({
    log: deps.log,
    now: deps.now,
    newId: randomUUID,
    onTrouble: (error) => deps.logger.warn({ err: error }, 'key_uses.append_refused'),
  });
  const live = new LiveHub({
    ...deps,
    stats: async () => statsView(await deps.history.overview()),
    limits: deps.liveLimits,
    ...(deps.livePaces === undefined ? {} : { paces: deps.livePaces }),
  });
  const context: AdminContext = {
    ...deps,
    live,
    outcomes,
    keyUses,
    portal: new PortalTokens(deps.secretBox),
    endpointRoom: new EndpointRoom(deps.quotas ?? noTenantLimits),
    testPace: new MinutePace(10, 'tests a minute for one webhook'),
    revealPace: new MinutePace(10, 'secrets a minute for one key; "GET /export" shows all at once'),
    keyRates: new KeyRates(deps.requestsPerMinute),
    oldAnswers: new OldAnswers(),
  };
  const replays = new ReplayRunner({ ...deps, metrics: deps.replayMetrics }, deps.onCrash);
  return {
    context,
    start: async () => {
      const created = deps.control.table.installation?.partitions;
      // Another P would send replays to partitions where nobody knows their deliveries (R1).
      if (created !== undefined && created !== deps.partitions) {
        throw new Error(`this installation has ${created} partitions, admin was given ${deps.partitions}`);
      }
      await replays.start();
    },
    stop: async () => {
      await Promise.all([live.stop(), outcomes.stop(), replays.stop(), keyUses.stop()]);
    },
  };
}
