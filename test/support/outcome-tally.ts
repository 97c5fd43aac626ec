import { endsChain, type Decision, type Outcome } from '#domain';
import { decodeOutcomeHead, openKafkaLog, type KafkaLog } from '#log';

/** Of one event for one endpoint, as the log tells it. The first outcome of an attempt wins (R3). */
export interface Settled {
  /** Attempts that a request was made for, and whose outcome is durable. */
  readonly attempts: Set<string>;
  /** How its chains ended; more than one only where somebody asked for it again. */
  readonly ends: Map<number, Decision>;
}

const afterRequest: readonly string[] = ['delivered', 'retry', 'failed'];

/** `outcomes` of an installation, read on from where it stopped before: the log's own word on what happened. */
export class OutcomeTally {
  /** By `<endpoint id> <event id>`. */
  readonly of = new Map<string, Settled>();
  readonly log: KafkaLog;
  readonly #positions: number[] = [];

  private constructor(log: KafkaLog) {
    this.log = log;
  }

  static async open(where: { brokers: readonly string[]; prefix: string }): Promise<OutcomeTally> {
    return new OutcomeTally(await openKafkaLog({ ...where, clientId: 'outcome-tally' }));
  }

  /** Reads to the end as it is now. Rejects while the log is away; the next call goes on where this one stopped. */
  async readOn(): Promise<void> {
    const ends = await this.log.endOffsets('outcomes');
    await Promise.all(ends.map((end, partition) => this.#readPartition(partition, end)));
  }

  close(): Promise<void> {
    return this.log.close();
  }

  async #readPartition(partition: number, end: number): Promise<void> {
    const from = this.#positions[partition] ?? 0;
    if (from >= end) return;
    for await (const slice of this.log.read('outcomes', partition, from, end)) {
      for (const record of slice) {
        const decoded = decodeOutcomeHead(record);
        if (!decoded.ok) throw new Error(`outcomes/${partition}/${record.offset} cannot be read`);
        if (decoded.value.kind === 'outcome') this.#note(decoded.value.outcome);
        this.#positions[partition] = record.offset + 1;
      }
    }
    const at = this.#positions[partition] ?? 0;
    if (at < end) throw new Error(`outcomes/${partition} was read to ${at} of ${end}`);
  }

  #note({ ref, attempt, decision }: Outcome): void {
    const key = `${ref.endpointId} ${ref.eventId}`;
    const settled: Settled = this.of.get(key) ?? { attempts: new Set(), ends: new Map() };
    this.of.set(key, settled);
    if (afterRequest.includes(decision.kind)) settled.attempts.add(`${ref.chain}/${attempt}`);
    if (endsChain(decision) && !settled.ends.has(ref.chain)) settled.ends.set(ref.chain, decision);
  }
}
