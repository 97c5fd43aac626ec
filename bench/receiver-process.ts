/**
 * Receiver of the benchmarks, in a process of its own. What it does follows from the path: `/ok` answers 200 at once,
 * `/hang` never, `/aside` 200 without counting it, `/flaky` 500 to the first request of each event and 200 to the second, `/fifth` so to every fifth event.
 * Events are numbered; it keeps when each request came (µs, monotonic), and what a second attempt waited.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { MessageReader } from './wire/message-reader.ts';
import { monotonicMicros } from './wire/monotonic.ts';

export interface Counts {
  /** Requests for an event that had not come to that path before. */
  readonly first: number;
  /** Those answered 2xx, and second attempts answered so. */
  readonly delivered: number;
}

export interface Arrivals extends Counts {
  /** First requests in the order in which they came: event number, and when. */
  readonly numbers: Uint32Array;
  readonly at: Float64Array;
  /** Ms between the first and the second attempt, where the first was refused. */
  readonly waits: Float64Array;
}

const MOST = 2_000_000;
const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
const FAILED = Buffer.from('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n');

const numbers = new Uint32Array(MOST);
const at = new Float64Array(MOST);
const waits: number[] = [];
const refusedAt = new Map<string, number>();
let first = 0;
let delivered = 0;

function isRefused(path: string, n: number): boolean {
  if (path.startsWith('/flaky')) return true;
  return path.startsWith('/fifth') && n % 5 === 0;
}

function take(socket: Socket, head: string, body: Buffer): void {
  const path = head.slice(head.indexOf(' ') + 1, head.indexOf(' ', 6));
  if (path.startsWith('/hang')) return;
  if (path.startsWith('/aside')) {
    socket.write(OK);
    return;
  }
  const now = monotonicMicros();
  const [, number = '0'] = /"n":(\d+)/.exec(body.toString('latin1')) ?? [];
  const n = Number(number);
  const key = isRefused(path, n) ? `${path} ${n}` : undefined;
  const refused = key === undefined ? undefined : refusedAt.get(key);
  if (refused === undefined) {
    numbers[first] = n;
    at[first] = now;
    first += 1;
  } else waits.push((now - refused) / 1_000);
  if (key !== undefined && refused === undefined) {
    refusedAt.set(key, now);
    socket.write(FAILED);
    return;
  }
  delivered += 1;
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
  if (message === 'count') process.send?.({ first, delivered } satisfies Counts);
  if (message === 'report') {
    process.send?.({
      first,
      delivered,
      numbers: numbers.slice(0, first),
      at: at.slice(0, first),
      waits: Float64Array.from(waits),
    } satisfies Arrivals);
  }
  if (message === 'reset') {
    first = 0;
    delivered = 0;
    waits.length = 0;
    refusedAt.clear();
    process.send?.('reset');
  }
});
process.on('disconnect', () => process.exit(0));
