import { encodeQuarantined, type Group, type Log, type LogRecord, type Stand } from '#log';
import type { ProjectionPositionRow, ReadModel } from '#read-model';
import { persist } from './persist.ts';
import { ProjectionLane, type LaneSurroundings } from './projection-lane.ts';
import { defaultCaps, ProjectionLanes, type CommittedLane, type LaneCaps } from './projection-lanes.ts';
import { ProjectionWriter } from './projection-writer.ts';
import { projectedTopics, projections } from './projections/projection.ts';
import type { ProjectorLogger, ProjectorMetrics } from './projector-ports.ts';

/** Name of the group in the log, and of the positions in the database. */
export const PROJECTION = 'projections';

export interface ProjectorOptions {
  readonly log: Log;
  /** Migrated. May be unreachable at any time. */
  readonly readModel: Pick<ReadModel, 'store'>;
  readonly logger: ProjectorLogger;
  readonly metrics: ProjectorMetrics;
  /** The group cannot go on: the process should end. */
  readonly onCrash: (error: Error) => void;
  readonly caps?: LaneCaps;
}

export interface ProjectorHealth {
  /** `degraded`: history falls behind (database away, or a newer record); deliveries are not touched. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail: string | null;
}

export interface Projector {
  start(): Promise<void>;
  /** Lets transactions under way end, then leaves the group. */
  stop(): Promise<void>;
  health(): ProjectorHealth;
  /** Where the tables stand, of the partitions that this process owns. */
  stands(): readonly Stand[];
  /** Epoch ms at which the oldest record was appended that is read and not in the tables; undefined: none is. */
  oldestWaitingAt(): number | undefined;
}

/** Folds the log into the read model. No Nest, no environment: whoever composes it gives it everything. */
export function createProjector(options: ProjectorOptions): Projector {
  const { log, readModel, logger, metrics } = options;
  const { store } = readModel;
  const claims = new Map<number, AbortController>();
  let group: Group | undefined;
  let crashed: Error | undefined;
  let claimFailing = false;
  let isDown = false;
  let settling: NodeJS.Immediate | undefined;
  /** Commits that the log refused one after the other; said once, since all lanes tell their positions every second. */
  let refusedCommits = 0;
  const lanes = new ProjectionLanes(options.caps ?? defaultCaps, () => group);

  const report = async (record: LogRecord, reason: string) => {
    const { topic, partition, offset } = record;
    const value = encodeQuarantined({ topic, partition, offset, reason, at: log.now() });
    await log.append([{ topic: 'quarantine', partition: 0, ...value }]);
  };

  /** Once for all that changes in one turn of the event loop: a fetch fills dozens of lanes. */
  const settleSoon = () => {
    settling ??= setImmediate(settle);
  };

  const settle = () => {
    clearImmediate(settling);
    settling = undefined;
    lanes.settle();
    metrics.waiting(lanes.waiting);
    const down = claimFailing || writer.failing || [...lanes.all].some((lane) => lane.failing);
    if (down !== isDown) metrics.databaseDown(down);
    isDown = down;
    for (const lane of lanes.toCommit()) void tell(lane);
    writer.wake();
  };

  const writer = new ProjectionWriter({
    projection: PROJECTION,
    store,
    lanes: () => lanes.all,
    isPressing: () => lanes.isPressing,
    logger,
    metrics,
    onChange: settleSoon,
  });

  const tell = async ({ topic, partition, position }: CommittedLane) => {
    try {
      await group?.commit(topic, partition, position);
      if (refusedCommits > 0) logger.info({ refused: refusedCommits }, 'positions are told to the log again');
      refusedCommits = 0;
    } catch (error) {
      refusedCommits += 1;
      if (refusedCommits > 1) return;
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ topic, partition, reason }, 'position not told to the log; the database has it');
    } finally {
      lanes.told({ topic, partition });
    }
  };

  const openLanes = (partition: number, positions: readonly ProjectionPositionRow[]) => {
    for (const [topic, project] of projections) {
      const position = positions.find((row) => row.topic === topic)?.nextOffset ?? null;
      const around: LaneSurroundings = {
        report,
        logger,
        metrics,
        seek: (offset) => group?.seek(topic, partition, offset),
        onChange: settleSoon,
      };
      lanes.add(new ProjectionLane({ topic, partition, position }, project, around));
    }
  };

  const lose = async (partition: number) => {
    claims.get(partition)?.abort();
    claims.delete(partition);
    await lanes.remove(partition);
    await writer.settled();
    settle();
  };

  const handlers = {
    onClaim: async (partition: number) => {
      await lose(partition);
      const claim = new AbortController();
      claims.set(partition, claim);
      try {
        const positions = await persist(() => store.positions(PROJECTION, partition), {
          signal: claim.signal,
          onFailure: (error, waitMs) => {
            if (!claimFailing)
              logger.warn({ partition, waitMs, err: error }, 'read model away, waiting for it');
            claimFailing = true;
            settle();
          },
        });
        claimFailing = false;
        openLanes(partition, positions);
        settle();
        // Every topic gets a start: what the group committed is no truth here, the database may be newer or empty.
        return projectedTopics.map((topic) => ({
          topic,
          offset: positions.find((row) => row.topic === topic)?.nextOffset ?? 0,
        }));
      } catch (error) {
        if (claim.signal.aborted) return [];
        throw error;
      }
    },
    onSlice: ({
      topic,
      partition,
      records,
    }: {
      topic: LogRecord['topic'];
      partition: number;
      records: readonly LogRecord[];
    }) => lanes.get(topic, partition)?.accept(records),
    onLose: lose,
    onCrash: (error: Error) => {
      crashed = error;
      options.onCrash(error);
    },
  };

  return {
    start: async () => {
      group = await log.join({ name: PROJECTION, topics: projectedTopics, eager: [] }, handlers);
      settle();
    },
    stop: async () => {
      for (const claim of claims.values()) claim.abort();
      await group?.leave();
      await writer.stop();
      clearImmediate(settling);
    },
    health: () => {
      if (crashed !== undefined) return { status: 'down', detail: crashed.message };
      if (isDown) return { status: 'degraded', detail: 'the read model does not take rows; trying again' };
      const stopped = [...lanes.all]
        .filter((lane) => lane.stopped)
        .map((lane) => `${lane.topic}/${lane.partition}`);
      if (stopped.length === 0) return { status: 'up', detail: null };
      return { status: 'degraded', detail: `records of a newer release in ${stopped.join(', ')}` };
    },
    stands: () =>
      [...lanes.all].map(({ topic, partition, position }) => ({ topic, partition, position: position ?? 0 })),
    oldestWaitingAt: () => {
      const waiting = [...lanes.all].map((lane) => lane.oldestAt).filter((at) => at !== undefined);
      return waiting.length === 0 ? undefined : Math.min(...waiting);
    },
  };
}
