import type { Broker } from 'kafkajs';
import type { TopicName } from '../topics.ts';
import { protocolError } from './kafkajs-inside.ts';
import type { TopicNames } from './topic-names.ts';
import { connections, type Connection } from './wire/broker-call.ts';
import { fetch, type FetchAnswer, type SessionPart, type Wanted } from './wire/fetch.ts';
import type { FetchSession } from './wire/fetch-session.ts';
import { HeaderMemory } from './wire/header-memory.ts';
import { readRecordSet, type Fetched } from './wire/record-set.ts';
import type { SharedBatches } from './wire/shared-batches.ts';

/** Of each partition, and of all together; a record batch larger than that comes by itself. */
const PARTITION_BYTES = 1_024 * 1_024;
const ANSWER_BYTES = 10 * 1_024 * 1_024;

export interface Asked {
  readonly topic: TopicName;
  readonly partition: number;
  readonly from: number;
}

/** When a broker answers a fetch. */
export interface When {
  /** As soon as there is so much, over all partitions asked for … */
  readonly minBytes: number;
  /** … or after so long. */
  readonly waitMs: number;
}

interface AskingHow {
  readonly session?: FetchSession;
  readonly over?: Connection;
  /** Of one partition, and of all. */
  readonly partitionBytes?: number;
  readonly answerBytes?: number;
}

export type { Fetched };

/** By place in what was asked for; one without an entry has nothing new. */
export interface Answers {
  /** Of all records. */
  readonly bytes: number;
  readonly found: ReadonlyMap<number, Fetched>;
  /** The broker refused these, as kafkajs would say it. */
  readonly refused: ReadonlyMap<number, Error>;
}

const NOTHING: Answers = { bytes: 0, found: new Map(), refused: new Map() };

const withoutSession = (wanted: readonly Wanted[]): SessionPart => ({
  sessionId: 0,
  sessionEpoch: -1,
  wanted,
  forgotten: [],
});

/** Asks one broker for records; each reader has one of its own, since it remembers what headers look like. */
export class Fetches {
  readonly #names: TopicNames;
  readonly #shared: SharedBatches | undefined;
  readonly #memories = new Map<TopicName, HeaderMemory>();

  /** `shared`: with other readers of the same topics. */
  constructor(names: TopicNames, shared?: SharedBatches) {
    this.#names = names;
    this.#shared = shared;
  }

  /** Answered after `waitMs` at most. Rejects where the broker gives no answer at all. */
  async from(
    broker: Broker,
    asked: readonly Asked[],
    { minBytes, waitMs }: When,
    {
      session,
      over = connections.polls,
      partitionBytes = PARTITION_BYTES,
      answerBytes = ANSWER_BYTES,
    }: AskingHow = {},
  ): Promise<Answers> {
    const wanted = asked.map(({ topic, partition, from }) => ({
      name: this.#names.of(topic),
      partition,
      from,
    }));
    const limits = { minBytes, waitMs, partitionBytes, answerBytes };
    if (session === undefined) {
      return this.#read(asked, wanted, await fetch(broker, { ...withoutSession(wanted), ...limits }, over));
    }
    try {
      const answer = await fetch(broker, { ...session.next(wanted), ...limits }, over);
      if (!session.answered(answer)) return NOTHING;
      return await this.#read(asked, wanted, answer);
    } catch (error) {
      session.lost();
      throw error;
    }
  }

  async #read(asked: readonly Asked[], wanted: readonly Wanted[], answer: FetchAnswer): Promise<Answers> {
    if (answer.errorCode !== 0) throw protocolError(answer.errorCode);
    const found = new Map<number, Fetched>();
    const refused = new Map<number, Error>();
    for (const { name, partition, errorCode, recordSet } of answer.partitions) {
      const at = wanted.findIndex((one) => one.partition === partition && one.name === name);
      const place = asked[at];
      if (place === undefined) continue;
      if (errorCode !== 0) refused.set(at, protocolError(errorCode));
      else if (recordSet.length > 0)
        found.set(at, await readRecordSet(recordSet, place, this.#memory(place.topic), this.#shared));
    }
    const bytes = answer.partitions.reduce((sum, { recordSet }) => sum + recordSet.length, 0);
    return { bytes, found, refused };
  }

  #memory(topic: TopicName): HeaderMemory {
    const known = this.#memories.get(topic) ?? new HeaderMemory();
    this.#memories.set(topic, known);
    return known;
  }
}
