import type { ChaosFacts } from '../judge/facts.ts';
import type { ChaosReceiver } from '../wire/chaos-receiver.ts';
import type { LogReader } from './log-reader.ts';

/** Counts what was in flight where a sender came to its end: the bound of P4. */
export class InFlight {
  readonly #facts: ChaosFacts;
  readonly #receiver: ChaosReceiver;
  readonly #reader: LogReader;

  constructor(facts: ChaosFacts, receiver: ChaosReceiver, reader: LogReader) {
    this.#facts = facts;
    this.#receiver = receiver;
    this.#reader = reader;
  }

  /**
   * The process has ended without warning, or (`hasEnded` false) stands still for longer than its group waits. Resolves with
   * how many, once the log can be read.
   */
  async note(pid: number, hasEnded: boolean): Promise<number> {
    await this.#receiver.drained(pid, hasEnded);
    const lastSent = this.#facts.lastSentBy(pid);
    await this.#reader.eventuallyReadOn();
    return this.#facts.noteInFlight(lastSent());
  }
}
