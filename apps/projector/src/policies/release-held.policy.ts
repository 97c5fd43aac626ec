import type { Decision, DeliveryRef } from '#domain';
import { decodeAsked, decodeEvent, encodeAsked, encodeOutcome, type Log, type NewRecord } from '#log';
import type { HeldDelivery } from './held-deliveries.ts';
import type { BodyOf, PolicyMetrics } from './policy-ports.ts';

type How = Parameters<PolicyMetrics['settled']>[0];

/** Bodies gathered for one append at most. */
const MAX_APPEND_BYTES = 512 * 1024;

/**
 * Settles held deliveries of one partition, each once per enabling (R23).
 *
 * - `release`: asks for it again, under the chain that is the enabling's position; where the log no longer holds the
 *   event, the delivery has `expired`.
 * - `discard`: `cancelled`, reason `discarded`.
 *
 * {@link asked} knows every (delivery, chain) asked for since the last position that is safe, from the log itself, so
 * that neither a crash nor the overlap of scan and flow asks twice. (A copy after an append whose answer was lost
 * follows the first at once, and the done-set drops it.)
 */
export class ReleaseHeldPolicy {
  readonly #log: Log;
  readonly #partition: number;
  readonly #bodyOf: BodyOf;
  readonly #metrics: PolicyMetrics;
  readonly #asked = new Set<string>();
  /** Where in `deliveries` the next own asking may be found; all before it belong to settled work. */
  #askedEnd: number;

  constructor(options: {
    log: Log;
    partition: number;
    bodyOf: BodyOf;
    metrics: PolicyMetrics;
    askedFrom: number;
  }) {
    this.#log = options.log;
    this.#partition = options.partition;
    this.#bodyOf = options.bodyOf;
    this.#metrics = options.metrics;
    this.#askedEnd = options.askedFrom;
  }

  /** Reads what an earlier owner asked for and may not have committed. */
  async load(): Promise<void> {
    for await (const slice of this.#log.read('deliveries', this.#partition, this.#askedEnd)) {
      for (const record of slice) {
        const decoded = decodeAsked(record);
        if (decoded.ok && decoded.value.ref.askedBy === 'release') this.#asked.add(keyOf(decoded.value.ref));
        this.#askedEnd = record.offset + 1;
      }
    }
  }

  /** All work so far is committed: nothing of it can come again. Answers where the next asking may be found. */
  forget(): number {
    this.#asked.clear();
    return this.#askedEnd;
  }

  /** Durable when it resolves. Throws LogError; the same call may be made again. */
  async settle(held: readonly HeldDelivery[]): Promise<void> {
    let batch: { key: string; how: How; record: NewRecord }[] = [];
    let bytes = 0;
    const flush = async () => {
      if (batch.length === 0) return;
      const answers = await this.#log.append(batch.map(({ record }) => record));
      for (const [index, { key, how, record }] of batch.entries()) {
        this.#asked.add(key);
        if (record.topic === 'deliveries')
          this.#askedEnd = Math.max(this.#askedEnd, (answers[index]?.offset ?? -1) + 1);
        this.#metrics.settled(how, 1);
      }
      batch = [];
      bytes = 0;
    };
    for (const each of held) {
      const { enabling } = each;
      const ref: DeliveryRef = { ...each.outcome.ref, chain: enabling.chain, askedBy: 'release' };
      const key = keyOf(ref);
      if (this.#asked.has(key) || batch.some((other) => other.key === key)) continue;
      const [how, record] = await this.#recordFor(ref, enabling);
      if (bytes + record.value.byteLength > MAX_APPEND_BYTES) await flush();
      batch.push({ key, how, record });
      bytes += record.value.byteLength;
    }
    await flush();
  }

  async #recordFor(ref: DeliveryRef, enabling: HeldDelivery['enabling']): Promise<[How, NewRecord]> {
    const partition = this.#partition;
    if (enabling.choice === 'discard') {
      return ['discarded', this.#outcome(ref, enabling.term, { kind: 'cancelled', reason: 'discarded' })];
    }
    const record =
      ref.eventOffset === null ? undefined : await this.#log.readOne('events', partition, ref.eventOffset);
    const event = record === undefined ? undefined : decodeEvent(record);
    // Another id at that offset: a log restored from elsewhere. Sending the wrong body is worse than none.
    if (event === undefined || !event.ok || event.value.eventId !== ref.eventId) {
      return ['expired', this.#outcome(ref, enabling.term, { kind: 'expired' })];
    }
    const asked = encodeAsked({ ref, body: this.#bodyOf(event.value, ref) });
    return ['released', { topic: 'deliveries', partition, ...asked }];
  }

  #outcome(ref: DeliveryRef, term: number, decision: Decision): NewRecord {
    const outcome = { ref, attempt: 1, step: 0, term, at: Math.round(this.#log.now()), decision };
    const value = encodeOutcome({ kind: 'outcome', outcome, detail: null });
    return { topic: 'outcomes', partition: this.#partition, ...value };
  }
}

const keyOf = (ref: DeliveryRef) => `${ref.deliveryId} ${ref.chain}`;
