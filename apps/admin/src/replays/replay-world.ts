import type { Contract } from '#contracts';
import type { ControlWriter, FollowedControl } from '#control';
import type { SkipReason } from '#domain';
import type { Log } from '#log';
import type { Logger } from '#platform';
import type { ReplayQueries } from '#read-model';

/** What carrying jobs on can tell an operator. */
export interface ReplayMetrics {
  /** Deliveries asked for, or discarded. */
  asked(count: number): void;
  skipped(reason: SkipReason, count: number): void;
  running(jobs: number): void;
}

/** What carrying a job on needs of the world. */
export interface ReplayWorld {
  readonly log: Pick<Log, 'append' | 'read' | 'startOffsets' | 'endOffsets' | 'join'>;
  readonly control: FollowedControl;
  readonly writer: Pick<ControlWriter, 'replay'>;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly history: Pick<ReplayQueries, 'replayPage' | 'projectedTo'>;
  readonly partitions: number;
  /** Epoch ms. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly metrics: ReplayMetrics;
}

/** Who writes down how far jobs have got. */
export const REPLAYS = 'replays';
