import {
  Metadata,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { Refused, retryAfter, type Principal, type ProblemAnswer } from '#http-edge';
import { headersOf, type CallHeaders } from './call-headers.ts';
import { failureOf } from './failure.ts';

/** The services of one app: who may call them, and what an error of theirs is answered with. */
export interface GuardedServices {
  /** Full names. */
  readonly services: readonly string[];
  /** Who asks. Throws what `problemOf` knows. What is put into `answer` goes out with the answer, whatever it will be. */
  admit(headers: CallHeaders, answer: Metadata): Promise<Principal>;
  /** The answer to an error, counted or logged as the app does; `path`: `/package.Service/Method`. */
  refuse(error: unknown, path: string): ProblemAnswer;
}

/** One call that wants in. */
interface Knock {
  readonly guard: GuardedServices;
  readonly metadata: Metadata;
  readonly path: string;
  readonly call: ServerInterceptingCallInterface;
  readonly answer: Metadata;
}

interface LetIn {
  readonly principal: Principal;
  readonly closing: AbortSignal;
}

const letIn = new WeakMap<Metadata, LetIn>();

/** Whom the gate let in with this metadata. */
export function callerOf(metadata: Metadata): Principal {
  return found(metadata).principal;
}

/** Aborts when the server begins to stop: a call that would not end by itself has to end then. */
export function closingOf(metadata: Metadata): AbortSignal {
  return found(metadata).closing;
}

function found(metadata: Metadata): LetIn {
  const known = letIn.get(metadata);
  if (known === undefined) throw new Refused('missing_key', 'an API key is required');
  return known;
}

/**
 * Stands before all guarded services of a server.
 *
 * 1. Who asks is known before a byte of a message is read: until then no read is started, and HTTP/2 holds the rest back.
 * 2. From `close` on nobody is let in; `idle` resolves when all who were let in before have their answer.
 * 3. Services that nobody guards (health, reflection) pass, and are waited for by nobody.
 * 4. What a guard has to tell goes out once: at the head of the answer, or with the status where there is no head.
 */
export class CallGate {
  readonly #guards: ReadonlyMap<string, GuardedServices>;
  #underWay = 0;
  readonly #closing = new AbortController();
  #onIdle: (() => void)[] = [];

  constructor(guarded: readonly GuardedServices[]) {
    this.#guards = new Map(guarded.flatMap((one) => one.services.map((name) => [name, one])));
  }

  readonly interceptor: ServerInterceptor = ({ path }, call) => {
    const [, service = ''] = path.split('/', 2);
    const guard = this.#guards.get(service);
    if (guard === undefined) return new ServerInterceptingCall(call);
    const answer = new Metadata();
    let isTold = false;
    const gated: ServerInterceptingCall = new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, go) => {
            this.#underWay += 1;
            void this.#admit({ guard, metadata, path, call: gated, answer }, () => go(metadata));
          },
          // Of grpc-js: called once at the end of each call, however it ends.
          onCancel: () => this.#leave(),
        });
      },
      sendMetadata: (metadata, next) => {
        isTold = true;
        next(merged(metadata, answer));
      },
      sendStatus: (status, next) =>
        next(isTold ? status : { ...status, metadata: merged(status.metadata ?? new Metadata(), answer) }),
    });
    return gated;
  };

  close(): void {
    this.#closing.abort();
  }

  idle(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  async #admit({ guard, metadata, path, call, answer }: Knock, go: () => void): Promise<void> {
    try {
      if (this.#closing.signal.aborted) throw shuttingDown();
      const principal = await guard.admit(headersOf(metadata), answer);
      letIn.set(metadata, { principal, closing: this.#closing.signal });
      go();
    } catch (error) {
      call.sendStatus(failureOf(guard.refuse(error, path)));
    }
  }

  #leave(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

function merged(metadata: Metadata, more: Metadata): Metadata {
  const both = metadata.clone();
  both.merge(more);
  return both;
}

/** Nothing of the request was done. */
export function shuttingDown(): Refused {
  const detail = 'this process is shutting down; send the same request again';
  return new Refused('unavailable', detail, { headers: retryAfter(1) });
}
