/**
 * Receiver of the benchmarks, in a process of its own. What it does follows from the path: `/ok` answers 200 at once,
 * `/hang` never, `/flaky` 500 the first time and 200 the second, `/fifth` 500 to every fifth event's first attempt.
 * Events are numbered; it keeps when each came (µs, monotonic), how often, and what a second attempt waited.
 */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { MessageReader } from './wire/message-reader.ts';
import { monotonicMicros } from './wire/monotonic.ts';

export interface Arrivals {
  /** Requests that came. */
  readonly requests: number;
  /** Events and paths that were answered 2xx. */
  readonly delivered: number;
  /** When the last delivery was answered. */
  readonly lastAt: number;
  /** By event number, of whatever path it came to first; 0: never. */
  readonly at: Float64Array;
  /** Ms between the first and the second attempt, where the first was refused. */
  readonly waits: readonly number[];
}

const MAX_EVENTS = 2_000_000;
const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
const FAILED = Buffer.from('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n');

let at = new Float64Array(MAX_EVENTS);
let requests = 0;
let delivered = 0;
let highest = 0;
let lastAt = 0;
let waits: number[] = [];
let refusedAt = new Map<string, number>();

function isRefused(path: string, n: number): boolean {
  if (path.startsWith('/flaky')) return true;
  return path.startsWith('/fifth') && n % 5 === 0;
}

function take(socket: Socket, head: string, body: Buffer): void {
  const now = monotonicMicros();
  requests += 1;
  const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' ', 6));
  const [, number = '0'] = /"n":(\d+)/.exec(body.toString('latin1')) ?? [];
  const n = Number(number);
  if (at[n] === 0) at[n] = now;
  highest = Math.max(highest, n);
  if (path.startsWith('/hang')) return;
  if (isRefused(path, n)) {
    const key = `${path} ${n}`;
    const first = refusedAt.get(key);
    if (first === undefined) {
      refusedAt.set(key, now);
      socket.write(FAILED);
      return;
    }
    waits.push((now - first) / 1_000);
  }
  delivered += 1;
  lastAt = now;
  socket.write(OK);
}

const server = createServer((socket) => {
  socket.setNoDelay(true);
  const reader = new MessageReader((head, body) => take(socket, head, body));
  socket.on('data', (chunk) => reader.push(chunk));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message) => {
  if (message === 'count') process.send?.({ requests, delivered });
  if (message === 'report') {
    process.send?.({ requests, delivered, lastAt, at: at.slice(0, highest + 1), waits } satisfies Arrivals);
  }
  if (message === 'reset') {
    at = new Float64Array(MAX_EVENTS);
    requests = 0;
    delivered = 0;
    highest = 0;
    waits = [];
    refusedAt = new Map();
    process.send?.('reset');
  }
});
process.on('disconnect', () => process.exit(0));
