import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { Abandoned, abandonable } from '../intake/patience.ts';
import type { RecordIntake } from '../intake/record-intake.ts';
import type { UpstreamSource } from '../mapping/upstream-source.ts';
import type { UpstreamMetrics } from '../upstream-metrics.ts';
import { chunksOf } from './chunks.ts';
import { Heartbeats } from './heartbeats.ts';
import { PartitionLags } from './partition-lags.ts';
import { SourceFatal } from './source-trouble.ts';
import { startAtEnd } from './start-at-end.ts';

export interface SessionDeps {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly source: UpstreamSource;
  readonly intake: RecordIntake;
  readonly metrics: UpstreamMetrics;
  /** How often new partitions are looked for, ms. */
  readonly metadataMaxAgeMs: number;
  /** The group has given this process its share. */
  readonly onJoined: (partitions: readonly number[]) => void;
}

/** Partitions of one source that are worked on side by side. */
const CONCURRENCY = 16;
/** kafkajs sees a stop only between fetches. */
const FETCH_WAITS_MS = 500;
/** Of one fetch from one broker: what a source holds in memory, more or less. */
const FETCH_BYTES = 8 * 1_024 * 1_024;
/** What is under way when a stop is asked for may become durable. */
const STOP_GRACE_MS = 3_000;

/**
 * One life of a kafkajs consumer on one source, in a group of its own: kafkajs' assigner shares out every topic of the
 * leader among all members, whoever subscribed to what.
 *
 * 1. A position is committed only after all records before it are durable or say nothing (P2), through the batch: one
 *    try, in the generation of the moment. `resolveOffset` follows the same rule.
 * 2. A commit that comes after the partition was lost speaks the truth all the same; at worst records are read again (P10).
 * 3. Only plain errors and kafkajs' own reach kafkajs: its heartbeats' and commits' refusals, which it handles.
 * 4. kafkajs never restarts by itself: its crash ends this life, and {@link run} says why.
 */
export class SourceSession {
  readonly #deps: SessionDeps;
  readonly #consumer: Consumer;
  readonly #lags: PartitionLags;
  readonly #abandon = new AbortController();
  readonly #ended: Promise<never>;
  #fail: (error: unknown) => void = () => {};
  #isStopping = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#lags = new PartitionLags((records) => deps.metrics.lag(deps.source.topic, records));
    this.#consumer = deps.kafka.consumer({
      groupId: deps.groupId,
      allowAutoTopicCreation: false,
      readUncommitted: false,
      maxWaitTimeInMs: FETCH_WAITS_MS,
      maxBytes: FETCH_BYTES,
      metadataMaxAge: deps.metadataMaxAgeMs,
      retry: { initialRetryTime: 100, retries: 4, restartOnFailure: async () => false },
    });
    this.#ended = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#ended.catch(() => {});
    this.#listen();
  }

  /** Resolves once `signal` aborts and what was under way is through; rejects with why it ended before that. */
  async run(signal: AbortSignal): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const opening = this.#open(signal);
    opening.catch((error: unknown) => this.#fail(error));
    try {
      await Promise.race([this.#ended, stopped]);
    } finally {
      await this.#stop(opening);
    }
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { kafka, groupId, source } = this.#deps;
    await this.#consumer.connect();
    // Of a topic that does not exist, this is where it is told.
    await this.#consumer.subscribe({ topics: [source.topic], fromBeginning: true });
    if (source.from === 'end') await startAtEnd(kafka, groupId, source.topic);
    if (signal.aborted) return;
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.#guarded(payload),
    });
  }

  #listen(): void {
    const { topic } = this.#deps.source;
    const { events } = this.#consumer;
    this.#consumer.on(events.CRASH, ({ payload }) => this.#fail(payload.error));
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      const partitions = payload.memberAssignment[topic] ?? [];
      this.#lags.keep(partitions);
      this.#deps.onJoined(partitions);
    });
    // Of aborted transactions and their marks alone; handed to nobody.
    this.#consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize > 0) return;
      this.#lags.at(payload.partition, BigInt(payload.lastOffset) + 1n, payload.highWatermark);
    });
  }

  async #guarded(payload: EachBatchPayload): Promise<void> {
    const beats = new Heartbeats(() => payload.heartbeat(), this.#abandon.signal);
    try {
      await this.#batch(payload, beats);
    } catch (error) {
      if (beats.refused !== undefined) throw beats.refused.error;
      if (error instanceof CommitRefused) throw error.cause;
      if (error instanceof Abandoned || this.#isStopping) return;
      this.#fail(new SourceFatal(error));
      // Invariant 3. The session ends; until then kafkajs must not go on.
      throw new Error('the batch was given up', { cause: error });
    } finally {
      beats.end();
    }
  }

  async #batch(payload: EachBatchPayload, beats: Heartbeats): Promise<void> {
    const { source, intake } = this.#deps;
    const { batch } = payload;
    const { topic, partition, messages, highWatermark } = batch;
    const last = messages.at(-1);
    for (const chunk of chunksOf(messages)) {
      const end = chunk.at(-1);
      if (end === undefined || !payload.isRunning() || this.#isStopping) return;
      const records = chunk.map((message) => ({ topic, partition, message }));
      await abandonable(intake.take(source, records, beats.signal), beats.signal);
      // Behind the last record may stand the mark of its transaction.
      const passed = end === last ? batch.lastOffset() : end.offset;
      const next = BigInt(passed) + 1n;
      const partitions = [{ partition, offset: String(next) }];
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] }).catch((error: unknown) => {
        throw new CommitRefused(error);
      });
      payload.resolveOffset(end.offset);
      this.#lags.at(partition, next, highWatermark);
    }
  }

  async #stop(opening: Promise<void>): Promise<void> {
    this.#isStopping = true;
    const grace = setTimeout(() => this.#abandon.abort(), STOP_GRACE_MS);
    const disconnect = () => this.#consumer.disconnect().catch(() => {});
    // A consumer that is still joining cannot be stopped yet, and would live on.
    void opening.then(disconnect, disconnect);
    try {
      await disconnect();
    } finally {
      clearTimeout(grace);
      this.#abandon.abort();
      this.#lags.keep([]);
    }
  }
}

/** Carries what kafkajs must see again. */
class CommitRefused extends Error {
  override readonly name = 'CommitRefused';

  constructor(cause: unknown) {
    super('the group refused a commit', { cause });
  }
}
