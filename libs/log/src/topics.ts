import { tierNames, type TierName } from '#domain';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type RetryTopic = `retry.${TierName}`;
export type TopicName =
  'control' | 'events' | 'deliveries' | 'outcomes' | 'quarantine' | 'key-uses' | 'processes' | RetryTopic;

/** One row of the registry: what the topic is for, and what the log must be set to. */
export interface TopicSpec {
  readonly name: TopicName;
  /** `one`: a single partition, totally ordered; `many`: P, chosen when the installation is created. */
  readonly partitions: 'one' | 'many';
  /** Milliseconds; null: for ever. */
  readonly retentionMs: number | null;
  readonly carries: string;
  readonly why: string;
}

export const retryTopicOf = (tier: TierName): RetryTopic => `retry.${tier}`;

export const retryTopics: readonly RetryTopic[] = tierNames.map(retryTopicOf);

export function tierOf(topic: TopicName): TierName | undefined {
  return tierNames.find((name) => topic === `retry.${name}`);
}

/** The only place that knows which topics there are (DESIGN §3). Names get the installation's prefix in adapters. */
export const topics: readonly TopicSpec[] = [
  {
    name: 'control',
    partitions: 'one',
    retentionMs: null,
    carries: 'tenant, API key and endpoint facts, each with its actor',
    why: 'one total order of all decisions; every process folds it into its control table',
  },
  {
    name: 'events',
    partitions: 'many',
    retentionMs: 7 * DAY,
    carries: 'event accepted: the rendered body once, and the control position it relies on',
    why: 'the first attempt is made straight from here: one hop between accept and POST',
  },
  {
    name: 'deliveries',
    partitions: 'many',
    retentionMs: 7 * DAY,
    carries: 'delivery asked for outside the first attempt: replay, test, release of held ones',
    why: 'a replay keeps the partition, and so the order of ownership, of the event it repeats',
  },
  ...tierNames.map((tier): TopicSpec => ({
    name: retryTopicOf(tier),
    partitions: 'many',
    retentionMs: 7 * DAY,
    carries: `delivery waiting ${tier}, with due-at and the body`,
    why: 'one delay per topic: due times rise with offsets, only the head has to be watched',
  })),
  {
    name: 'outcomes',
    partitions: 'many',
    retentionMs: 7 * DAY,
    carries: 'what ended an attempt or a delivery, and what comes next (no body)',
    why: 'projections, policies and the next owner of a partition read what happened from here',
  },
  {
    name: 'quarantine',
    partitions: 'one',
    retentionMs: 30 * DAY,
    carries: 'a record nobody could read, with the reason',
    why: 'a poisoned record must not stop a partition (P9)',
  },
  {
    name: 'key-uses',
    partitions: 'one',
    retentionMs: 7 * DAY,
    carries: 'which API keys a process was asked with, and when last: one record a minute at most',
    why: 'an old key is revoked without fear once it is known to be unused; nobody asks a database to publish',
  },
  {
    name: 'processes',
    partitions: 'one',
    retentionMs: HOUR,
    carries: 'what a process is and does at the moment: one record every two seconds',
    why: 'operators see who is there, and how far behind, without a list of addresses; who is silent is gone',
  },
];
