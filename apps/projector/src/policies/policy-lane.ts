import type { DecisionKind } from '#domain';
import { decodeOutcomeHead, glimpseOutcome, LogError, type Log, type LogRecord } from '#log';
import { persist } from '../persist.ts';
import type { ProjectorLogger } from '../projector-ports.ts';
import { RecordQueue } from '../record-queue.ts';
import { DisableEndpointPolicy } from './disable-endpoint.policy.ts';
import type { Enabling } from './enablings.ts';
import { scanHeld } from './held-scan.ts';
import type { HeldDelivery } from './held-deliveries.ts';
import type { BodyOf, DisableEndpoint, PolicyMetrics } from './policy-ports.ts';
import { writeMark, type PolicyMark } from './policy-mark.ts';
import { ReleaseHeldPolicy } from './release-held.policy.ts';

const BATCH_RECORDS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
/** A commit is a write to the log; what is read again after a crash changes nothing (invariant 5). */
const COMMIT_EVERY_MS = 1_000;
/** What no policy acts upon. Most outcomes are such: they are told by a glimpse. */
const passing: ReadonlySet<DecisionKind> = new Set<DecisionKind>([
  'delivered',
  'retry',
  'expired',
  'cancelled',
]);

export interface PolicyLaneOptions {
  readonly log: Log;
  readonly partition: number;
  /** Where the group stands in `outcomes`, and what was noted there. */
  readonly from: number;
  readonly mark: PolicyMark;
  readonly settling: (endpointId: string, term: number) => Enabling | undefined;
  /** How far `control` has been folded. */
  readonly controlPosition: () => number;
  readonly disable: DisableEndpoint;
  readonly bodyOf: BodyOf;
  readonly ratePerSecond: number;
  readonly commit: (offset: number, metadata: string) => Promise<void>;
  readonly logger: ProjectorLogger;
  readonly metrics: PolicyMetrics;
  readonly onChange: () => void;
  /** An error that trying again will not mend. */
  readonly onCrash: (error: Error) => void;
}

/**
 * The policies of one partition of `outcomes`. Two things run: the flow over new outcomes, and scans for what
 * enablings found held.
 *
 * Invariants
 * 1. A position is committed only after every command that its outcomes led to is durable, and never past a held
 *    outcome that the flow met and no scan has settled yet (P2).
 * 2. The mark's `settled` passes an enabling only after its scan has ended, and none that this lane was not told of: while
 *    it ends, `control` goes on, and those are for the next owner. A crash scans again from where the endpoint failed.
 * 3. Every held outcome is looked at after its enabling is known: by that enabling's scan, which reads to the end as
 *    seen at its start, or by the flow, which was at or before that end when the enabling became known; the flow
 *    leaves it to a scan of its own, so that releases keep their rate and never keep a disabling waiting.
 * 4. One asking per (delivery, enabling): {@link ReleaseHeldPolicy} remembers each until nothing is left that could
 *    meet it again (no scan, and the flow past all that scans have read) and the position there is committed; after a
 *    crash it reads them back from the mark's `asked` on.
 * 5. Commands repeat harmlessly (P6), and are tried until they go through; the partition waits, others do not.
 * 6. No database: a rebuild of the read model never runs a policy.
 */
export class PolicyLane {
  readonly partition: number;
  readonly #options: PolicyLaneOptions;
  readonly #queue: RecordQueue;
  readonly #disable: DisableEndpointPolicy;
  readonly #release: ReleaseHeldPolicy;
  readonly #ending = new AbortController();
  readonly #waiting: Enabling[] = [];
  #scanned: readonly Enabling[] = [];
  /** The first held outcome that the flow met and left to a scan that waits, or is under way; Infinity: none. */
  #lateWaiting = Infinity;
  #lateScanned = Infinity;
  /** How far scans have read: beyond it, the flow meets nothing that was settled already. */
  #readTo = 0;
  #done: number;
  #asked: number;
  #flow: Promise<void> | undefined;
  #scan: Promise<void> | undefined;
  #commits: Promise<void> = Promise.resolve();
  #committedAt = -Infinity;
  #committing: NodeJS.Timeout | undefined;
  /** The log refused the last commit. */
  #refusing = false;
  #stopped = false;
  /** Where `control` stood when this lane was told of an enabling for the last time; Infinity: it still is. */
  #toldTo = Infinity;

  constructor(options: PolicyLaneOptions) {
    const { log, partition, bodyOf, metrics, mark } = options;
    this.partition = partition;
    this.#options = options;
    this.#queue = new RecordQueue(options.from);
    this.#done = options.from;
    this.#asked = mark.asked;
    this.#disable = new DisableEndpointPolicy(options.disable);
    this.#release = new ReleaseHeldPolicy({ log, partition, bodyOf, metrics, askedFrom: mark.asked });
  }

  get records(): number {
    return this.#queue.records;
  }

  get bytes(): number {
    return this.#queue.bytes;
  }

  /** The first outcome whose commands are not all durable. */
  get position(): number {
    return this.#done;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Before anything else: what an earlier owner asked for (invariant 4). */
  load(): Promise<void> {
    return this.#release.load();
  }

  accept(records: readonly LogRecord[]): void {
    this.#queue.accept(records);
    this.#options.onChange();
    this.#startFlow();
  }

  /** An enabling became known that settles deliveries of this partition. */
  enabled(enabling: Enabling): void {
    this.#waiting.push(enabling);
    this.#startScan();
  }

  /** What is under way ends at its next safe place; its position is committed. */
  async end(): Promise<void> {
    this.#ending.abort();
    this.#toldTo = this.#options.controlPosition();
    if (this.#stopped) this.#options.metrics.stopped(this.partition, false);
    await Promise.all([this.#flow, this.#scan]);
    this.#commit();
    await this.#commits;
  }

  #startFlow(): void {
    const isIdle = this.#queue.records === 0 || this.#stopped;
    if (isIdle || this.#flow !== undefined || this.#ending.signal.aborted) return;
    this.#flow = this.#guarded(() => this.#handleAll()).finally(() => {
      this.#flow = undefined;
      this.#options.onChange();
      this.#startFlow();
    });
  }

  #startScan(): void {
    if (this.#scan !== undefined || this.#ending.signal.aborted) return;
    const work = this.#nextScan();
    if (work === undefined) return;
    this.#scan = this.#guarded(work).finally(() => {
      this.#scan = undefined;
      this.#startScan();
    });
  }

  /** One scan at a time, so that none asks for what another is just asking for (invariant 4). */
  #nextScan(): (() => Promise<void>) | undefined {
    if (this.#waiting.length > 0) {
      // All that wait are settled in one reading: a mass re-enabling is one scan, not thousands.
      const enablings = this.#waiting.splice(0);
      this.#scanned = enablings;
      const wanted = new Map(enablings.map((each) => [`${each.term} ${each.endpointId}`, each]));
      const from = Math.min(...enablings.map(({ heldFrom }) => heldFrom.offset));
      return () => this.#scanFrom(from, (endpointId, term) => wanted.get(`${term + 1} ${endpointId}`));
    }
    if (this.#lateWaiting === Infinity) return undefined;
    this.#lateScanned = this.#lateWaiting;
    this.#lateWaiting = Infinity;
    return () => this.#scanFrom(this.#lateScanned, this.#options.settling);
  }

  async #handleAll(): Promise<void> {
    while (this.#queue.records > 0 && !this.#stopped) {
      this.#ending.signal.throwIfAborted();
      await this.#handle(this.#queue.head(BATCH_RECORDS, BATCH_BYTES));
      this.#queue.dropBelow(this.#done);
      this.#options.onChange();
      this.#startScan();
      this.#commitSoon();
    }
  }

  async #handle(batch: readonly LogRecord[]): Promise<void> {
    const { partition } = this;
    for (const record of batch) {
      const glimpse = glimpseOutcome(record);
      if (glimpse !== undefined && passing.has(glimpse.kind)) {
        this.#disable.pass(glimpse);
        this.#done = record.offset + 1;
        continue;
      }
      const decoded = decodeOutcomeHead(record);
      if (!decoded.ok && decoded.why === 'newer') return this.#stop(record.offset, decoded.version);
      // Unreadable: projections and the dispatcher report it (P9).
      if (decoded.ok && decoded.value.kind === 'outcome') {
        const { outcome } = decoded.value;
        await this.#try(() => this.#disable.handle(outcome, partition, record.offset));
        const isHeld = outcome.decision.kind === 'held';
        if (isHeld && this.#options.settling(outcome.ref.endpointId, outcome.term) !== undefined) {
          this.#lateWaiting = Math.min(this.#lateWaiting, record.offset);
        }
      }
      // In the turn of the look-up: an enabling known later finds this record below the end of its scan.
      this.#done = record.offset + 1;
    }
  }

  async #scanFrom(from: number, settling: PolicyLaneOptions['settling']): Promise<void> {
    const { log, ratePerSecond, logger } = this.#options;
    const { partition } = this;
    const { signal } = this.#ending;
    const settle = (held: readonly HeldDelivery[]) => this.#try(() => this.#release.settle(held));
    const scan = { log, partition, from, settling, ratePerSecond, settle, signal };
    this.#readTo = Math.max(this.#readTo, await this.#try(() => scanHeld(scan)));
    this.#scanned = [];
    this.#lateScanned = Infinity;
    logger.info({ partition, from, to: this.#readTo }, 'held deliveries settled');
    this.#commit();
  }

  #try<T>(attempt: () => Promise<T>): Promise<T> {
    const { logger } = this.#options;
    const { partition } = this;
    const { signal } = this.#ending;
    return persist(attempt, {
      signal,
      isTerminal: (error) => signal.aborted || (error instanceof LogError && !error.retryable),
      onFailure: (error, waitMs) =>
        logger.warn({ partition, waitMs, err: error }, 'policy waits and tries again'),
    });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#stopped = true;
      this.#options.onCrash(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #commitSoon(): void {
    const waitMs = this.#committedAt + COMMIT_EVERY_MS - performance.now();
    if (waitMs <= 0) this.#commit();
    else this.#committing ??= setTimeout(() => this.#commit(), waitMs);
  }

  /** Invariants 1, 2 and 4 in one place. */
  #commit(): void {
    clearTimeout(this.#committing);
    this.#committing = undefined;
    this.#committedAt = performance.now();
    const { commit, controlPosition, logger } = this.#options;
    const open = [...this.#scanned, ...this.#waiting];
    const settled = Math.min(controlPosition(), this.#toldTo, ...open.map(({ chain }) => chain));
    const done = Math.min(this.#done, this.#lateWaiting, this.#lateScanned);
    const isQuiet = open.length === 0 && done === this.#done && done >= this.#readTo;
    if (isQuiet) this.#asked = this.#release.forget();
    const metadata = writeMark({ settled, asked: this.#asked });
    this.#commits = this.#commits
      .then(() => commit(done, metadata))
      .then(
        () => {
          this.#refusing = false;
        },
        (error: unknown) => {
          // The next one says more than this one did. Told once: while the log is away each of them is refused.
          const reason = error instanceof Error ? error.message : String(error);
          if (!this.#refusing)
            logger.warn({ partition: this.partition, reason }, 'position of policies not committed');
          this.#refusing = true;
        },
      );
  }

  #stop(offset: number, version: number): void {
    const { logger, metrics } = this.#options;
    this.#stopped = true;
    metrics.stopped(this.partition, true);
    logger.error(
      { partition: this.partition, offset, version },
      'outcome of a newer release: upgrade this process, until then this partition waits',
    );
  }
}
