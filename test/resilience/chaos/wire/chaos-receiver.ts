import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerCertificate } from '../../../../libs/testkit/src/throw-away-ca.ts';
import { shareOf } from '../../../support/seeded.ts';
import { accepts, answerOf, calmAnswerOf, type AnswerKind } from '../plan/answers.ts';
import type { ContractName } from '../plan/contract-facts.ts';
import { markerIn } from '../plan/load.ts';
import type { Character } from '../plan/world.ts';
import type { ChaosFacts } from '../judge/facts.ts';
import { giveAnswer } from './give-answer.ts';
import type { SecretBook } from './secret-book.ts';
import { isSignedWith } from './signatures.ts';

/** One receiver: how it answers, and what its customer knows. */
export interface Customer {
  readonly tenant: string;
  readonly contract: ContractName;
  readonly character: Character;
  /** Whose secret signs: its path, or the tenant. */
  readonly secretOf: string;
}

export interface ReceiverParts {
  readonly seed: number;
  readonly certificate: ServerCertificate;
  readonly facts: ChaosFacts;
  readonly secrets: SecretBook;
  /** Told of the first request of each event to a steady receiver: its path, the event, epoch ms. */
  readonly onSteady: (path: string, event: string, at: number) => void;
}

type HttpServer = ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>;

interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
  readonly by: number;
}

/**
 * Of 50 ms: two seconds. On a busy machine what was sent lies in sockets for longer than a moment; nobody else has these partitions before the
 * session, ten times as long, is over.
 */
const QUIET_TURNS = 40;

const UUID = /"deliveryId":"[0-9a-f-]{36}"/;

/** All customers' servers in one: answers by the plan, and tells the facts what came. */
export class ChaosReceiver {
  /** By path. */
  readonly customers = new Map<string, Customer>();
  readonly counts = new Map<AnswerKind, number>();
  requests = 0;
  /** How long ago a secret was replaced that a request was signed with, at most. */
  stalestMs = 0;
  readonly #parts: ReceiverParts;
  readonly #nth = new Map<string, number>();
  readonly #sockets = new Map<Socket, number>();
  readonly #sentBy = new Map<number, number>();
  readonly #hanging = new Set<ServerResponse>();
  readonly #plain: HttpServer;
  readonly #secure: HttpServer;
  #began = Date.now();
  #isCalm = false;

  constructor(parts: ReceiverParts) {
    this.#parts = parts;
    const listener = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#receive(request, response);
    this.#plain = createServer(listener);
    this.#secure = createTlsServer({ ...parts.certificate }, listener);
    for (const [server, event] of [
      [this.#plain, 'connection'],
      [this.#secure, 'secureConnection'],
    ] as const) {
      server.keepAliveTimeout = 30_000;
      server.on(event, (socket: Socket) => this.#watch(socket));
    }
  }

  async open(): Promise<void> {
    for (const server of [this.#plain, this.#secure]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
  }

  /** Where customers of this contract are, without a path: Hyperleap's page knows https alone. */
  baseOf(contract: ContractName): string {
    return contract === 'hyperleap'
      ? `https://127.0.0.1:${portOf(this.#secure)}`
      : `http://127.0.0.1:${portOf(this.#plain)}`;
  }

  /** From now on moods change by the plan. */
  begin(): void {
    this.#began = Date.now();
  }

  /** The faults are over: whoever hangs hangs up, and answers from now on. */
  calm(): void {
    this.#isCalm = true;
    for (const response of this.#hanging) response.socket?.destroy();
  }

  /**
   * Resolves when all that this process sent has been counted: it has ended and its connections are closed, or it stands
   * still and what lay in its sockets was read.
   */
  async drained(pid: number, hasEnded: boolean): Promise<void> {
    // One that has said nothing yet may be its own.
    const open = (): boolean => [...this.#sockets.values()].some((by) => by === pid || by === 0);
    for (let turn = 0; hasEnded && turn < 300 && open(); turn += 1) await delay(10);
    for (let quiet = 0, before = -1; quiet < QUIET_TURNS;) {
      const now = this.#sentBy.get(pid) ?? 0;
      quiet = now === before ? quiet + 1 : 0;
      before = now;
      await delay(50);
    }
  }

  async close(): Promise<void> {
    for (const server of [this.#plain, this.#secure]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #watch(socket: Socket): void {
    this.#sockets.set(socket, 0);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const by = Number(request.headers['x-sent-by'] ?? 0);
    this.#sockets.set(request.socket, by);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Its sender died in the middle of it: no receiver has acted on half a request.
      return;
    }
    const at = Date.now();
    this.requests += 1;
    this.#sentBy.set(by, (this.#sentBy.get(by) ?? 0) + 1);
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const kind = this.#note({ path, headers: request.headers, body: Buffer.concat(chunks), at, by });
    if (kind === 'hang' || kind === 'drip' || kind === 'endless') {
      this.#hanging.add(response);
      response.on('close', () => this.#hanging.delete(response));
    }
    await giveAnswer(response, kind, shareOf(this.#parts.seed, 'details', path, this.requests));
  }

  #note(arrived: Arrived): AnswerKind {
    const { path, headers, body, at, by } = arrived;
    const { seed, facts, onSteady } = this.#parts;
    const customer = this.customers.get(path);
    const event = String(headers['webhook-id'] ?? '');
    if (customer === undefined) {
      facts.complain('P4', `a request for ${event} came to ${path}, where nobody is`);
      return 'error';
    }
    this.#verify(customer, arrived, event);
    const key = `${path} ${event}`;
    const nth = this.#nth.get(key) ?? 0;
    this.#nth.set(key, nth + 1);
    const asked = { path, event, nth, at: at - this.#began };
    const kind = (this.#isCalm ? calmAnswerOf : answerOf)(seed, customer.character, asked);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    const text = body.toString('latin1');
    const marker = markerIn(text.slice(0, 2_000)) ?? markerIn(text);
    facts.received({ path, event, at, by, kind, bodyHash: hashOfBody(text), copy: marker?.copy });
    if (customer.character === 'steady' && accepts(kind) && nth === 0) onSteady(path, event, at);
    return kind;
  }

  /** With the secret of now, or the one before it. */
  #verify(customer: Customer, arrived: Arrived, event: string): void {
    const { headers, body, path, at } = arrived;
    const signed = { contract: customer.contract, headers, body };
    const found = this.#parts.secrets.find(customer.secretOf, at, (secret) => isSignedWith(secret, signed));
    this.stalestMs = Math.max(this.stalestMs, found?.staleMs ?? 0);
    if (found?.isValid === true) return;
    const stale =
      found === undefined ? 'no secret that was ever set' : `a secret replaced ${found.staleMs} ms ago`;
    const what = `${event} to ${path} at ${at % 1_000_000} by ${arrived.by}: ${stale} verifies it`;
    this.#parts.facts.complain('signature', what);
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Of the bytes, the delivery id left out: it is the only thing that differs between endpoints (P7). `text`: latin1. */
export function hashOfBody(text: string): string {
  const without = text.replace(UUID, '"deliveryId":""');
  return createHash('sha1').update(without, 'latin1').digest('base64').slice(0, 12);
}
