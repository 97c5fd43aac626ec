import type { Cluster } from 'kafkajs';
import { MAX_RECORD_BYTES, refuseTooLarge } from '../core/slices.ts';
import { LogError } from '../port/log-error.ts';
import { sizeOf, type Appended, type NewRecord } from '../port/record.ts';
import type { TopicName } from '../topics.ts';
import type { Actor } from './actor.ts';
import { leaderOf } from './cluster.ts';
import type { KafkaClock } from './kafka-clock.ts';
import { protocolError } from './kafkajs-inside.ts';
import { toLogError } from './to-log-error.ts';
import type { TopicNames } from './topic-names.ts';
import { produce, type Produced } from './wire/produce.ts';

/** Cut of what goes to one partition at once: one record batch is made of it, and brokers bound those (R13). */
const BATCH_BYTES = 1_024 * 1_024;
/** How long the leader waits for its followers. */
const REPLICATION_TIMEOUT_MS = 15_000;

/** How much longer than the first to answer the other brokers may take. */
const STRAGGLER_MS = 2_000;
/** Finding new leaders helps the next try; one that hangs is not waited for. */
const REFRESH_MS = 2_000;

/** Records of one partition, in order, and where their answers go. */
interface Pile {
  readonly topic: TopicName;
  readonly partition: number;
  readonly records: NewRecord[];
  readonly places: number[];
  bytes: number;
}

/**
 * Appends, to the leader of each partition named, without kafkajs' producer (its retries lose acknowledged records).
 *
 * 1. Durable is what the answer to this very request says, for each partition, without error; all else is missing, and
 *    the caller sends it again (R13, R14).
 * 2. Nothing is sent twice here. A broker says of each partition whether it took the records: one that is offline holds up
 *    only itself.
 * 3. A broker that hangs holds up only what it leads: once another has answered, what it has not answered soon after
 *    counts as missing. Its answer, should it come, is passed over, at the price of copies.
 */
export class Appender {
  readonly #cluster: Cluster;
  readonly #names: TopicNames;
  readonly #clock: KafkaClock;
  readonly #actor: Actor | undefined;

  constructor(cluster: Cluster, names: TopicNames, clock: KafkaClock, actor?: Actor) {
    this.#cluster = cluster;
    this.#names = names;
    this.#clock = clock;
    this.#actor = actor;
  }

  async append(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const sizes = records.map(sizeOf);
    for (const [at, record] of records.entries()) refuseTooLarge(record, MAX_RECORD_BYTES, sizes[at]);
    if (records.length === 0) return [];
    const answers = Array.from<Appended | undefined>({ length: records.length });
    let refused: LogError | undefined;
    try {
      await this.#prepare(records);
      // The rounds follow each other, so that a partition keeps its order; one that failed ends there.
      const failed = new Set<string>();
      for (const round of rounds(records, sizes)) {
        const due = round.filter((pile) => !failed.has(keyOf(pile)));
        const error = await this.#send(due, answers);
        for (const pile of due) if (answers[pile.places[0] ?? 0] === undefined) failed.add(keyOf(pile));
        refused = error ?? refused;
      }
    } catch (error) {
      refused = this.#refused(error, 'Describe', records);
    }
    const given = answers.filter((answer) => answer !== undefined);
    if (given.length === records.length) return given;
    await soon(this.#cluster.refreshMetadata().catch(toLogError), REFRESH_MS);
    throw refusal(refused, [...answers], given.length);
  }

  async #prepare(records: readonly NewRecord[]): Promise<void> {
    const cluster = this.#cluster;
    await cluster.connect();
    const partitions = byTopic(records);
    await cluster.addMultipleTargetTopics([...partitions.keys()].map((topic) => this.#names.of(topic)));
    await cluster.refreshMetadataIfNecessary();
    for (const [topic, wanted] of partitions) {
      const name = this.#names.of(topic);
      const known = new Set(cluster.findTopicPartitionMetadata(name).map(({ partitionId }) => partitionId));
      if (known.size === 0) throw this.#names.unknown(topic);
      this.#names.saw(topic);
      for (const partition of wanted) {
        if (known.has(partition)) continue;
        throw new LogError('topic_mismatch', `topic ${name} has no partition ${partition}`);
      }
    }
  }

  /** Fills in what became durable; gives the last refusal. */
  async #send(piles: readonly Pile[], answers: (Appended | undefined)[]): Promise<LogError | undefined> {
    const nodes = new Map<string, Pile[]>();
    for (const pile of piles) {
      const leader = leaderOf(this.#cluster, this.#names.of(pile.topic), pile.partition);
      if (leader === undefined) continue;
      nodes.set(leader, [...(nodes.get(leader) ?? []), pile]);
    }
    const sending = [...nodes].map(([node, own]) => this.#sendTo(node, own, answers));
    // Invariant 3. Where all fail, all have been waited for.
    await Promise.any(sending.map(answered)).catch(() => {});
    const sent = await Promise.all(sending.map((one) => soon(one, STRAGGLER_MS, straggling)));
    return worst(sent.filter((error) => error !== undefined));
  }

  async #sendTo(
    node: string,
    piles: readonly Pile[],
    answers: (Appended | undefined)[],
  ): Promise<LogError | undefined> {
    try {
      const broker = await this.#cluster.findBroker({ nodeId: node });
      const mark = this.#clock.mark();
      const batches = piles.map(({ topic, partition, records, bytes }) => ({
        name: this.#names.of(topic),
        partition,
        records,
        bytes,
      }));
      const answer = await produce(broker, batches, REPLICATION_TIMEOUT_MS);
      return this.#read(answer.batches, piles, answers, mark);
    } catch (error) {
      return this.#refused(error, 'Write', piles);
    }
  }

  #refused(
    error: unknown,
    operation: 'Describe' | 'Write',
    of: readonly { readonly topic: TopicName }[],
  ): LogError {
    const names = [...new Set(of.map(({ topic }) => this.#names.of(topic)))];
    const asked = [{ operation, on: 'topic', names }] as const;
    return toLogError(error, { actor: this.#actor, asked });
  }

  /** Invariants 1 and 2; gives the last refusal, or one that no later try mends. */
  #read(
    produced: readonly Produced[],
    piles: readonly Pile[],
    answers: (Appended | undefined)[],
    mark: number,
  ): LogError | undefined {
    const refusals: LogError[] = [];
    for (const pile of piles) {
      const name = this.#names.of(pile.topic);
      const found = produced.find((one) => one.partition === pile.partition && one.name === name);
      if (found === undefined) {
        refusals.push(
          new LogError('log_unavailable', `the broker's answer does not cover ${name}/${pile.partition}`),
        );
      } else if (found.errorCode !== 0) {
        refusals.push(this.#refused(protocolError(found.errorCode), 'Write', [pile]));
      } else if (found.appendedAt < 0) {
        const message = `topic ${name} does not stamp append times; call ensureTopics`;
        refusals.push(new LogError('topic_mismatch', message));
      } else {
        this.#clock.saw(mark, found.appendedAt);
        const { baseOffset, appendedAt } = found;
        for (const [at, place] of pile.places.entries())
          answers[place] = { offset: baseOffset + at, appendedAt };
      }
    }
    return worst(refusals);
  }
}

/** A terminal one says more than that the rest is away. */
const worst = (refusals: readonly LogError[]): LogError | undefined =>
  refusals.find(({ retryable }) => !retryable) ?? refusals.at(-1);

const straggling = new LogError('log_unavailable', 'a broker has not answered, others have');

async function answered(sent: Promise<LogError | undefined>): Promise<void> {
  const error = await sent;
  if (error !== undefined) throw error;
}

/** The answer, or `late` where it takes longer than `ms`. */
async function soon<T>(answer: Promise<T>, ms: number, late?: T): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<T | undefined>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([answer, passed]);
  } finally {
    clearTimeout(timer);
  }
}

/** The partitions that records go to, each once. */
function byTopic(records: readonly NewRecord[]): ReadonlyMap<TopicName, ReadonlySet<number>> {
  const found = new Map<TopicName, Set<number>>();
  for (const { topic, partition } of records) {
    const own = found.get(topic);
    if (own === undefined) found.set(topic, new Set([partition]));
    else own.add(partition);
  }
  return found;
}

const keyOf = (pile: Pile) => `${pile.topic}/${pile.partition}`;

/** Each holds at most one pile of a partition. */
function rounds(records: readonly NewRecord[], sizes: readonly number[]): readonly (readonly Pile[])[] {
  const piles = new Map<string, Pile[]>();
  for (const [place, record] of records.entries()) {
    const { topic, partition } = record;
    const key = `${topic}/${partition}`;
    const own = piles.get(key) ?? [];
    piles.set(key, own);
    const bytes = sizes[place] ?? 0;
    let pile = own.at(-1);
    if (pile === undefined || pile.bytes + bytes > BATCH_BYTES) {
      own.push((pile = { topic, partition, records: [], places: [], bytes: 0 }));
    }
    pile.records.push(record);
    pile.places.push(place);
    pile.bytes += bytes;
  }
  const found: Pile[][] = [];
  for (const own of piles.values()) for (const [at, pile] of own.entries()) (found[at] ??= []).push(pile);
  return found;
}

function refusal(
  refused: LogError | undefined,
  answers: readonly (Appended | undefined)[],
  given: number,
): LogError {
  const missing = answers.length - given;
  const reason = refused?.message ?? 'no leader is known for their partitions';
  return new LogError(
    refused?.code ?? 'log_unavailable',
    `${missing} of ${answers.length} records were not appended: ${reason}`,
    // With none durable the caller knows as much as we do: the whole batch may be tried again as it is.
    { cause: refused?.cause, ...(given > 0 ? { appended: answers } : {}) },
  );
}
