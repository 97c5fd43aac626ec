import type { Group, Slice, TopicName } from '#log';
import type { ProjectionLane } from './projection-lane.ts';

/** Bounds on what waits in memory. */
export interface LaneCaps {
  readonly laneRecords: number;
  readonly laneBytes: number;
  readonly totalBytes: number;
}

export const defaultCaps: LaneCaps = {
  laneRecords: 5_000,
  laneBytes: 4 * 1024 * 1024,
  totalBytes: 12 * 1024 * 1024,
};

const PRESSING_RECORDS = 2_000;
const PRESSING_BYTES = 2 * 1024 * 1024;

/** How often a lane's position is told to the log: only rebalances and lag dashboards read it, never a start. */
const COMMIT_EVERY_MS = 1_000;

type Place = Pick<Slice, 'topic' | 'partition'>;

export interface CommittedLane extends Place {
  readonly position: number;
}

/** The lanes of the partitions that are owned, and which of them should be paused now. */
export class ProjectionLanes {
  readonly #caps: LaneCaps;
  readonly #group: () => Group | undefined;
  readonly #lanes = new Map<string, ProjectionLane>();
  readonly #paused = new Set<string>();
  readonly #committed = new Map<string, { at: number; position: number }>();
  /** Commits that the log has not answered: while it is away, one of each lane waits, not one for each second. */
  readonly #telling = new Set<string>();

  constructor(caps: LaneCaps, group: () => Group | undefined) {
    this.#caps = caps;
    this.#group = group;
  }

  get all(): Iterable<ProjectionLane> {
    return this.#lanes.values();
  }

  get waiting(): number {
    let records = 0;
    for (const lane of this.#lanes.values()) records += lane.records;
    return records;
  }

  /** A transaction would be a large one already, or somebody waits for room. */
  get isPressing(): boolean {
    let records = 0;
    let bytes = 0;
    for (const [key, lane] of this.#lanes) {
      if (!lane.ready) continue;
      if (this.#paused.has(key)) return true;
      records += lane.records;
      bytes += lane.bytes;
    }
    return records >= PRESSING_RECORDS || bytes >= PRESSING_BYTES;
  }

  get(topic: TopicName, partition: number): ProjectionLane | undefined {
    return this.#lanes.get(keyOf({ topic, partition }));
  }

  add(lane: ProjectionLane): void {
    this.#lanes.set(keyOf(lane), lane);
  }

  async remove(partition: number): Promise<void> {
    const lost = [...this.#lanes].filter(([, lane]) => lane.partition === partition);
    for (const [key] of lost) {
      this.#lanes.delete(key);
      this.#paused.delete(key);
      this.#committed.delete(key);
    }
    await Promise.all(lost.map(([, lane]) => lane.end()));
  }

  /** Desired state, computed anew after every change: a paused lane opens again at half of its caps. */
  settle(): void {
    const group = this.#group();
    if (group === undefined) return;
    let total = 0;
    for (const lane of this.#lanes.values()) total += lane.bytes;
    for (const [key, lane] of this.#lanes) {
      const factor = this.#paused.has(key) ? 0.5 : 1;
      const isFull =
        lane.records > factor * this.#caps.laneRecords ||
        lane.bytes > factor * this.#caps.laneBytes ||
        (lane.records > 0 && total > factor * this.#caps.totalBytes);
      const pause = lane.stopped || isFull;
      if (pause === this.#paused.has(key)) continue;
      if (pause) {
        this.#paused.add(key);
        group.pause(lane.topic, lane.partition);
      } else {
        this.#paused.delete(key);
        group.resume(lane.topic, lane.partition);
      }
    }
  }

  /** Positions worth telling the log now; {@link told} when it has answered, whatever it said. */
  *toCommit(): Generator<CommittedLane> {
    const now = performance.now();
    for (const [key, lane] of this.#lanes) {
      const { position } = lane;
      const before = this.#committed.get(key);
      if (position === null || before?.position === position || this.#telling.has(key)) continue;
      if (before !== undefined && now - before.at < COMMIT_EVERY_MS) continue;
      this.#committed.set(key, { at: now, position });
      this.#telling.add(key);
      yield { topic: lane.topic, partition: lane.partition, position };
    }
  }

  told(place: Place): void {
    this.#telling.delete(keyOf(place));
  }
}

const keyOf = ({ topic, partition }: Place) => `${topic} ${partition}`;
