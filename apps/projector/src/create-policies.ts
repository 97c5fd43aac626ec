import { decodeControl, type Follower, type Group, type Log, type LogRecord, type Stand } from '#log';
import { persist } from './persist.ts';
import { Enablings } from './policies/enablings.ts';
import { PolicyLane } from './policies/policy-lane.ts';
import { readMark } from './policies/policy-mark.ts';
import type { BodyOf, DisableEndpoint, PolicyMetrics } from './policies/policy-ports.ts';
import type { ProjectorLogger } from './projector-ports.ts';

const GROUP = 'policies';
const MAX_RECORDS = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;

export interface PoliciesOptions {
  readonly log: Log;
  readonly disable: DisableEndpoint;
  readonly bodyOf: BodyOf;
  /** Held deliveries asked for again, per second and partition; 500. */
  readonly releasesPerSecond?: number;
  readonly logger: ProjectorLogger;
  readonly metrics: PolicyMetrics;
  /** The policies cannot go on: the process should end. */
  readonly onCrash: (error: Error) => void;
}

export interface PoliciesHealth {
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail: string | null;
}

export interface Policies {
  /** Resolves once `control` has been folded to its end as seen now, and the group is joined. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): PoliciesHealth;
  /** Where they stand in `outcomes`, of the partitions that this process owns. */
  stands(): readonly Stand[];
}

/** Code that reacts to facts by deciding new facts; with the log alone, so it works while the database is away. */
export function createPolicies(options: PoliciesOptions): Policies {
  const { log, logger, metrics } = options;
  const enablings = new Enablings();
  const lanes = new Map<number, PolicyLane>();
  const paused = new Set<number>();
  const claims = new Map<number, AbortController>();
  let join: (group: Group) => void = () => {};
  const joined = new Promise<Group>((resolve) => (join = resolve));
  let group: Group | undefined;
  let follower: Follower | undefined;
  let controlPosition = 0;
  let crashed: Error | undefined;
  let caughtUp = () => {};

  const onCrash = (error: Error) => {
    crashed ??= error;
    options.onCrash(error);
  };

  const foldControl = (records: readonly LogRecord[]) => {
    for (const record of records) {
      const decoded = decodeControl(record);
      if (!decoded.ok && decoded.why === 'newer') {
        throw new Error(
          `control/${record.offset} was written by a newer release: upgrade this process first (R21)`,
        );
      }
      if (!decoded.ok)
        logger.error({ offset: record.offset }, 'control fact cannot be read; it changes nothing');
      const enabling = decoded.ok ? enablings.fold(record.offset, decoded.value.fact) : undefined;
      controlPosition = record.offset + 1;
      if (enabling !== undefined) lanes.get(enabling.heldFrom.partition)?.enabled(enabling);
    }
    caughtUp();
  };

  const settle = () => {
    for (const [partition, lane] of lanes) {
      const factor = paused.has(partition) ? 0.5 : 1;
      const pause = lane.stopped || lane.records > factor * MAX_RECORDS || lane.bytes > factor * MAX_BYTES;
      if (pause === paused.has(partition)) continue;
      if (pause) {
        paused.add(partition);
        group?.pause('outcomes', partition);
      } else {
        paused.delete(partition);
        group?.resume('outcomes', partition);
      }
    }
  };

  const lose = async (partition: number) => {
    claims.get(partition)?.abort();
    claims.delete(partition);
    const lane = lanes.get(partition);
    lanes.delete(partition);
    paused.delete(partition);
    await lane?.end();
  };

  const claim = async (partition: number, signal: AbortSignal) => {
    const owner = await joined;
    const onFailure = (error: unknown, waitMs: number) =>
      logger.warn({ partition, waitMs, err: error }, 'policies cannot take over yet');
    return persist(
      async () => {
        const committed = await owner.committed('outcomes', partition);
        const mark = readMark(committed?.metadata);
        const from = committed?.offset ?? 0;
        const lane = new PolicyLane({
          log,
          partition,
          from,
          mark,
          settling: (endpointId, term) => enablings.settling(endpointId, term),
          controlPosition: () => controlPosition,
          disable: options.disable,
          bodyOf: options.bodyOf,
          ratePerSecond: options.releasesPerSecond ?? 500,
          commit: (offset, metadata) => owner.commit('outcomes', partition, offset, metadata),
          logger,
          metrics,
          onChange: settle,
          onCrash,
        });
        await lane.load();
        signal.throwIfAborted();
        // In one turn: an enabling is either in the table now, or comes to the lane itself.
        lanes.set(partition, lane);
        for (const enabling of enablings.of(partition, mark.settled)) lane.enabled(enabling);
        return [{ topic: 'outcomes' as const, offset: from }];
      },
      { signal, onFailure },
    );
  };

  const handlers = {
    onClaim: async (partition: number) => {
      await lose(partition);
      const claiming = new AbortController();
      claims.set(partition, claiming);
      try {
        return await claim(partition, claiming.signal);
      } catch (error) {
        if (claiming.signal.aborted) return [];
        throw error;
      }
    },
    onSlice: ({ partition, records }: { partition: number; records: readonly LogRecord[] }) =>
      lanes.get(partition)?.accept(records),
    onLose: lose,
    onCrash,
  };

  return {
    start: async () => {
      const [end = 0] = await log.endOffsets('control');
      const reached = new Promise<void>((resolve, reject) => {
        caughtUp = () => {
          if (controlPosition >= end) resolve();
        };
        const failed = (error: Error) => {
          reject(error);
          if (group !== undefined) onCrash(error);
        };
        log.follow('control', 0, 0, { onRecords: foldControl, onError: failed }).then((started) => {
          follower = started;
          caughtUp();
        }, failed);
      });
      await reached;
      caughtUp = () => {};
      group = await log.join({ name: GROUP, topics: ['outcomes'], eager: [] }, handlers);
      join(group);
    },
    stop: async () => {
      for (const claiming of claims.values()) claiming.abort();
      await group?.leave();
      await follower?.stop();
    },
    health: () => {
      if (crashed !== undefined) return { status: 'down', detail: crashed.message };
      const stopped = [...lanes.values()].filter((lane) => lane.stopped).map((lane) => lane.partition);
      if (stopped.length === 0) return { status: 'up', detail: null };
      return { status: 'degraded', detail: `outcomes of a newer release in partition ${stopped.join(', ')}` };
    },
    stands: () =>
      [...lanes.values()].map(({ partition, position }) => ({ topic: 'outcomes', partition, position })),
  };
}
