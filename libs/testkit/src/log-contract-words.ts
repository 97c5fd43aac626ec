import type { Group, GroupOptions, Log, LogRecord, NewRecord, Slice, StartPosition, TopicName } from '#log';
import { eventually } from './eventually.ts';

export interface OpenLog {
  readonly log: Log;
  /** The same log as a new process finds it after the one before has crashed; may be called again. */
  reopen(): Promise<Log>;
  close(): Promise<void>;
}

export const PARTITIONS = 4;

export const record = (text: string, partition = 0, topic: TopicName = 'events'): NewRecord => ({
  topic,
  partition,
  key: 'tenant',
  headers: { 'schema-version': '1' },
  value: new TextEncoder().encode(text),
});

export const textOf = (found: LogRecord | undefined): string | undefined =>
  found === undefined ? undefined : new TextDecoder().decode(found.value);

/** Everything that a range holds, as text. */
export async function texts(
  log: Log,
  topic: TopicName,
  partition: number,
  from = 0,
  to?: number,
): Promise<string[]> {
  const found: string[] = [];
  for await (const slice of log.read(topic, partition, from, to)) {
    found.push(...slice.map((one) => textOf(one) ?? ''));
  }
  return found;
}

/** The group is known once join has resolved; handlers run later. */
type WhenJoined = () => Group;

export interface CollectOptions extends Partial<GroupOptions> {
  readonly starts?: (partition: number) => readonly StartPosition[];
  readonly onClaim?: (partition: number, group: WhenJoined) => Promise<void>;
  readonly onSlice?: (group: WhenJoined, slice: Slice) => void;
  readonly onLose?: (partition: number, group: WhenJoined) => Promise<void>;
  /** Default: the test fails. */
  readonly onCrash?: (error: Error) => void;
}

/** A member that notes what happens to it. */
export async function collect(log: Log, options: CollectOptions = {}) {
  const { starts, onClaim, onSlice, onLose, onCrash, ...given } = options;
  const claimed: number[] = [];
  const lost: number[] = [];
  const slices = new Map<string, string[]>();
  let joined: Group | undefined;
  const group: WhenJoined = () => {
    if (joined === undefined) throw new Error('a handler was called before join had resolved');
    return joined;
  };
  joined = await log.join(
    { name: 'group', topics: ['events'], ...given },
    {
      onClaim: async (partition) => {
        claimed.push(partition);
        await onClaim?.(partition, group);
        return starts?.(partition);
      },
      onSlice: (slice) => {
        const key = `${slice.topic}/${slice.partition}`;
        slices.set(key, [...(slices.get(key) ?? []), ...slice.records.map((one) => textOf(one) ?? '')]);
        onSlice?.(group, slice);
      },
      onLose: async (partition) => {
        lost.push(partition);
        await onLose?.(partition, group);
      },
      onCrash: (error) => {
        if (onCrash === undefined) throw error;
        onCrash(error);
      },
    },
  );
  return {
    group: joined,
    claimed,
    lost,
    seen: (topic: TopicName, partition: number): readonly string[] =>
      slices.get(`${topic}/${partition}`) ?? [],
  };
}

/** Resolves when the one member has claimed everything. */
export async function claimAll(log: Log, options: CollectOptions = {}) {
  const member = await collect(log, options);
  await eventually(() => {
    const missing = PARTITIONS - member.claimed.length;
    if (missing > 0) throw new Error(`${missing} partitions are not claimed yet`);
  }, 30_000);
  return member;
}
