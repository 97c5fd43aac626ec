import type { Log, LogRecord, TopicName } from '#log';
import {
  isDataError,
  openReadModel,
  openShadow,
  swapIn,
  type Keep,
  type LogStart,
  type ProjectionPositionRow,
  type ReadModelOptions,
} from '#read-model';
import { PROJECTION } from './create-projector.ts';
import { gathered, projections } from './projections/projection.ts';

const BATCH = 1_000;

export interface RebuildProgress {
  readonly done: number;
  readonly total: number;
}

export interface RebuildOptions {
  readonly log: Log;
  readonly readModel: ReadModelOptions;
  /** What is older does not come back. */
  readonly keep: Keep;
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Epoch-less: only the caller's wish to end; the live tables stay as they were. */
  readonly signal?: AbortSignal;
}

interface Replayed {
  readonly topic: TopicName;
  readonly partition: number;
  position: number | null;
}

/**
 * Folds the log from its beginning into fresh tables, and puts them in the place of the live ones (P5). Projectors may
 * run meanwhile. Rows that the log no longer holds stay as they are. Answers how many records were replayed.
 *
 * Each topic-partition is replayed up to where the live projections stand, or to its end where there are none: at the
 * swap both must stand at the same positions.
 */
export async function rebuild(options: RebuildOptions): Promise<number> {
  const { log, signal, onProgress = () => {} } = options;
  const live = await openReadModel(options.readModel);
  try {
    await live.migrate();
    const shadow = await openShadow(options.readModel, live);
    try {
      const starts = await startsOf(log);
      const ends = new Map<TopicName, readonly number[]>();
      for (const topic of projections.keys()) ends.set(topic, await log.endOffsets(topic));
      const lanes = starts.map(({ topic, partition }): Replayed => ({ topic, partition, position: null }));
      const startOf = (lane: Replayed) =>
        starts.find(({ topic, partition }) => topic === lane.topic && partition === lane.partition)?.offset ??
        0;
      let done = 0;
      let total = 0;

      const replayTo = async (positions: readonly ProjectionPositionRow[], orEnd: boolean) => {
        const targets = lanes.map((lane) => {
          const stands = positions.find(
            ({ projection, topic, partition }) =>
              projection === PROJECTION && topic === lane.topic && partition === lane.partition,
          );
          const end = orEnd ? (ends.get(lane.topic)?.[lane.partition] ?? 0) : null;
          return { lane, to: stands?.nextOffset ?? end };
        });
        const distance = ({ lane, to }: (typeof targets)[number]) =>
          Math.max(0, (to ?? 0) - Math.max(startOf(lane), lane.position ?? 0));
        total = done + targets.reduce((sum, target) => sum + distance(target), 0);
        for (const { lane, to } of targets) {
          if (to === null || to <= (lane.position ?? 0)) continue;
          const before = done;
          const length = distance({ lane, to });
          await replay(lane, to, (offset) => {
            done = before + Math.min(length, offset - (to - length));
            onProgress({ done, total });
          });
          done = before + length;
        }
      };

      const replay = async (lane: Replayed, to: number, onOffset: (offset: number) => void) => {
        let batch: LogRecord[] = [];
        for await (const slice of log.read(lane.topic, lane.partition, lane.position ?? 0, to)) {
          for (const record of slice) {
            batch.push(record);
            if (batch.length < BATCH) continue;
            await write(lane, batch, record.offset + 1);
            onOffset(record.offset + 1);
            batch = [];
          }
        }
        await write(lane, batch, to);
        onOffset(to);
      };

      const write = async (lane: Replayed, records: readonly LogRecord[], to: number): Promise<void> => {
        signal?.throwIfAborted();
        const { topic, partition, position: from } = lane;
        if (from === to) return;
        const changes = gathered(records.map(changesOf));
        try {
          const slice = { projection: PROJECTION, topic, partition, from, to, changes };
          const result = await shadow.store.apply([slice]);
          if (!result.applied)
            throw new Error('another rebuild works in the same tables; let one of them end');
          lane.position = to;
        } catch (error) {
          if (!isDataError(error)) throw error;
          // What the projector could not write either: it has reported it (P9), here it is left out.
          const [only] = records;
          if (records.length < 2 || only === undefined) return write(lane, [], to);
          const middle = records[Math.ceil(records.length / 2)]?.offset ?? to;
          await write(
            lane,
            records.filter(({ offset }) => offset < middle),
            middle,
          );
          await write(
            lane,
            records.filter(({ offset }) => offset >= middle),
            to,
          );
        }
      };

      await replayTo((await live.queries.stats()).positions, true);
      await shadow.sweep(options.keep, log.now(), 'all');
      await swapIn({ live, shadow, starts, catchUp: (positions) => replayTo(positions, false) });
      return done;
    } finally {
      await shadow.close();
    }
  } finally {
    await live.close();
  }
}

function changesOf(record: LogRecord) {
  const decoded = projections.get(record.topic)?.(record);
  if (decoded === undefined || (!decoded.ok && decoded.why === 'unreadable')) return {};
  if (decoded.ok) return decoded.value;
  throw new Error(
    `${record.topic}/${record.partition}/${record.offset} was written by a newer release (version ${decoded.version}): upgrade first`,
  );
}

async function startsOf(log: Log): Promise<readonly LogStart[]> {
  const starts: LogStart[] = [];
  for (const topic of projections.keys()) {
    for (const [partition, offset] of (await log.startOffsets(topic)).entries()) {
      const first = offset > 0 ? await log.readOne(topic, partition, offset) : undefined;
      starts.push({ topic, partition, offset, since: first?.appendedAt ?? null });
    }
  }
  return starts;
}
