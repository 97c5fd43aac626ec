import type { Metadata, ServerDuplexStream } from '@grpc/grpc-js';
import { closingOf, failureOf, shuttingDown } from '#grpc-edge';
import type { ProblemAnswer } from '#http-edge';
import { roomToWrite } from './room-to-write.ts';

export interface ImportMessage {
  readonly lines?: readonly string[];
  readonly on_conflict?: string | undefined;
  readonly dry_run?: boolean | undefined;
}

interface ImportStreamDeps {
  /** Throws what ends the call. */
  readonly bring: (message: ImportMessage, metadata: Metadata) => Promise<object>;
  readonly refuse: (error: unknown, path: string) => ProblemAnswer;
}

/**
 * An import, message by message.
 *
 * 1. Each message is answered before the next is read; HTTP/2 holds the rest back. So whoever is cut off knows which lines stand.
 * 2. A message that is wrong as a whole ends the call; what was answered before it stands.
 * 3. At a stop the message in hand is answered, then the call ends with UNAVAILABLE.
 * 4. Who cancels, or runs into a deadline, is told nothing more. Lines in hand are brought in or not: the same ones again will tell.
 */
export class ImportStream {
  readonly #call: ServerDuplexStream<ImportMessage, object>;
  readonly #deps: ImportStreamDeps;
  readonly #closing: AbortSignal;
  #isBusy = false;
  #hasAll = false;
  #isOver = false;

  constructor(call: ServerDuplexStream<ImportMessage, object>, deps: ImportStreamDeps) {
    this.#call = call;
    this.#deps = deps;
    this.#closing = closingOf(call.metadata);
  }

  start(): void {
    const call = this.#call;
    this.#closing.addEventListener('abort', this.#endIfIdle);
    call.on('cancelled', () => this.#leave());
    call.on('end', () => {
      this.#hasAll = true;
      this.#endIfIdle();
    });
    call.on('data', (message: ImportMessage) => void this.#take(message));
    this.#endIfIdle();
  }

  async #take(message: ImportMessage): Promise<void> {
    if (this.#isOver) return;
    this.#isBusy = true;
    this.#call.pause();
    try {
      const answer = await this.#deps.bring(message, this.#call.metadata);
      if (this.#isOver) return;
      if (!this.#call.write(answer)) await roomToWrite(this.#call, this.#closing);
    } catch (error) {
      this.#fail(error);
    }
    this.#isBusy = false;
    this.#endIfIdle();
    if (!this.#isOver) this.#call.resume();
  }

  readonly #endIfIdle = (): void => {
    if (this.#isOver || this.#isBusy) return;
    if (this.#hasAll) {
      this.#leave();
      this.#call.end();
    } else if (this.#closing.aborted) this.#fail(shuttingDown());
  };

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#leave();
    // As grpc-js wants a stream to be ended with a status.
    this.#call.emit('error', failureOf(this.#deps.refuse(error, this.#call.getPath())));
  }

  #leave(): void {
    this.#isOver = true;
    this.#closing.removeEventListener('abort', this.#endIfIdle);
  }
}
