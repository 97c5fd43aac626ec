import type { ServerDuplexStream } from '@grpc/grpc-js';
import { failureOf, headersOf, positionMetadata, shuttingDown } from '#grpc-edge';
import type { Ingestion } from '../create-ingestion.ts';
import { bytesOf, eventOfMessage, type EventMessage } from './event-message.ts';
import { acceptedMessage, refusedMessage, type OutcomeMessage } from './outcome-message.ts';
import { traceOf } from './trace-of.ts';

export interface StreamRequest {
  readonly sequence?: number;
  readonly event?: EventMessage;
}

export type StreamResponse = { readonly sequence: number } & OutcomeMessage;

/** Enough to fill an append, and little to lose sight of. */
const MAX_UNANSWERED = 1_000;

const EVENT = '/event';

/** A message that was read; its outcome, once it is known. */
interface Taken {
  readonly sequence: number;
  outcome: OutcomeMessage | undefined;
}

/**
 * One publisher's stream.
 *
 * 1. Outcomes are written in the order of the messages, each once it is known: accepted only when durable (P1).
 * 2. While {@link MAX_UNANSWERED} messages are not answered, or their outcomes not taken by the client, or too many bytes wait for
 *    the log in this process, nothing is read: HTTP/2 tells the publisher to wait.
 * 3. Each message is from somebody who may publish at that moment: a stream outlives no key.
 * 4. Who cancels, or is gone, is told nothing more. What was read of theirs is made durable or not, as ever.
 * 5. At a drain no more is read, what was read is answered, and then the call ends with UNAVAILABLE.
 */
export class PublishStream {
  readonly #ingestion: Ingestion;
  readonly #call: ServerDuplexStream<StreamRequest, StreamResponse>;
  readonly #path: string;
  readonly #traceparent: string | undefined;
  /** In the order of the messages. */
  readonly #taken: Taken[] = [];
  #isWaitingForRoom = false;
  /** Why no more is read: the client has said all, or is told why it may not say more. */
  #end: 'all-read' | Error | undefined;
  #isOver = false;

  constructor(
    ingestion: Ingestion,
    call: ServerDuplexStream<StreamRequest, StreamResponse>,
    onOver: () => void,
  ) {
    this.#ingestion = ingestion;
    this.#call = call;
    this.#path = call.getPath();
    this.#traceparent = traceOf(call.metadata);
    call.sendMetadata(positionMetadata(ingestion.controlPosition));
    call.on('cancelled', () => {
      this.#isOver = true;
      this.#taken.length = 0;
      onOver();
    });
    call.on('drain', () => this.#readOrWait());
    call.on('end', () => this.#endBecause('all-read'));
    call.on('data', (request: StreamRequest) => this.#take(request));
  }

  drain(): void {
    this.#endBecause(shuttingDown());
  }

  #take({ sequence = 0, event }: StreamRequest): void {
    // Read before the end was known: it was not answered, so it was not accepted.
    if (this.#end !== undefined) return;
    const taken: Taken = { sequence, outcome: undefined };
    this.#taken.push(taken);
    void this.#outcomeOf(event).then((outcome) => {
      taken.outcome = outcome;
      this.#answer();
    });
    this.#readOrWait();
  }

  async #outcomeOf(event: EventMessage | undefined): Promise<OutcomeMessage> {
    try {
      const principal = this.#caller();
      const read = (now: number) => eventOfMessage(event, now);
      const what = { bytes: bytesOf(event), read, traceparent: this.#traceparent };
      const accepted = await this.#ingestion.acceptNext(principal, what);
      return { accepted: acceptedMessage(accepted) };
    } catch (error) {
      return refusedMessage(EVENT, this.#ingestion.refuse(error, this.#path));
    }
  }

  #caller() {
    try {
      return this.#ingestion.readmit(headersOf(this.#call.metadata));
    } catch (error) {
      this.#endBecause(error as Error);
      throw error;
    }
  }

  #answer(): void {
    if (this.#isOver) return;
    for (let [first] = this.#taken; first?.outcome !== undefined; [first] = this.#taken) {
      this.#taken.shift();
      this.#call.write({ sequence: first.sequence, ...first.outcome });
    }
    this.#readOrWait();
  }

  #readOrWait(): void {
    if (this.#isOver) return;
    if (this.#end !== undefined) {
      if (this.#taken.length === 0) this.#close(this.#end);
      return;
    }
    if (!this.#isWaitingForRoom) this.#waitForRoom(this.#ingestion.room());
    const unanswered = this.#taken.length + this.#call.writableLength;
    if (this.#isWaitingForRoom || unanswered >= MAX_UNANSWERED) this.#call.pause();
    else if (this.#call.isPaused()) this.#call.resume();
  }

  #waitForRoom(room: Promise<void> | undefined): void {
    if (room === undefined) return;
    this.#isWaitingForRoom = true;
    void room.then(() => {
      this.#isWaitingForRoom = false;
      this.#readOrWait();
    });
  }

  #endBecause(why: 'all-read' | Error): void {
    this.#end ??= why;
    this.#call.pause();
    this.#readOrWait();
  }

  #close(why: 'all-read' | Error): void {
    this.#isOver = true;
    if (why === 'all-read') this.#call.end(positionMetadata(this.#ingestion.controlPosition));
    // As grpc-js wants a stream to be ended with a status.
    else this.#call.emit('error', failureOf(this.#ingestion.refuse(why, this.#path)));
  }
}
