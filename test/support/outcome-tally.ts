import { endsChain, type Decision, type Outcome } from '#domain';
import { decodeOutcomeHead, type KafkaLog, type LogRecord } from '#log';
import { LogTail } from './log-tail.ts';

/** Of one event for one endpoint, as the log tells it. The first outcome of an attempt wins (R3). */
export interface Settled {
  /** Attempts that a request was made for, and whose outcome is durable. */
  readonly attempts: Set<string>;
  /** How its chains ended; more than one only where somebody asked for it again. */
  readonly ends: Map<number, Decision>;
}

const afterRequest: readonly string[] = ['delivered', 'retry', 'failed'];

/** `outcomes` of an installation, read on from where it stopped before. */
export class OutcomeTally {
  /** By `<endpoint id> <event id>`. */
  readonly of: ReadonlyMap<string, Settled>;
  readonly #tail: LogTail;

  private constructor(tail: LogTail, of: ReadonlyMap<string, Settled>) {
    this.#tail = tail;
    this.of = of;
  }

  static async open(where: { brokers: readonly string[]; prefix: string }): Promise<OutcomeTally> {
    const of = new Map<string, Settled>();
    return new OutcomeTally(await LogTail.open(where, ['outcomes'], (record) => note(of, record)), of);
  }

  get log(): KafkaLog {
    return this.#tail.log;
  }

  /** Reads to the end as it is now. Rejects while the log is away; the next call goes on where this one stopped. */
  readOn(): Promise<void> {
    return this.#tail.readOn();
  }

  close(): Promise<void> {
    return this.#tail.close();
  }
}

function note(all: Map<string, Settled>, record: LogRecord): void {
  const decoded = decodeOutcomeHead(record);
  if (!decoded.ok) throw new Error(`outcomes/${record.partition}/${record.offset} cannot be read`);
  if (decoded.value.kind === 'outcome') noteOutcome(all, decoded.value.outcome);
}

function noteOutcome(all: Map<string, Settled>, { ref, attempt, decision }: Outcome): void {
  const key = `${ref.endpointId} ${ref.eventId}`;
  const settled: Settled = all.get(key) ?? { attempts: new Set(), ends: new Map() };
  all.set(key, settled);
  if (afterRequest.includes(decision.kind)) settled.attempts.add(`${ref.chain}/${attempt}`);
  if (endsChain(decision) && !settled.ends.has(ref.chain)) settled.ends.set(ref.chain, decision);
}
