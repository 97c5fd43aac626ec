/**
 * Publisher of the benchmarks, in a process of its own: numbered events over keep-alive connections, as fast as they are
 * answered, or at a steady rate (open loop: what is late is sent all the same, and counts from when it was due).
 */
import { connect, type Socket } from 'node:net';
import { MessageReader } from './wire/message-reader.ts';
import { monotonicMicros } from './wire/monotonic.ts';

export interface LoadOrder {
  readonly host: string;
  readonly port: number;
  readonly key: string;
  readonly type: string;
  /** How many requests. */
  readonly requests: number;
  /** Events in each. */
  readonly batch: number;
  readonly connections: number;
  /** Requests per second; null: as fast as they are answered. */
  readonly rate: number | null;
  /** Bytes of filler in each event. */
  readonly filler: number;
  /** Number of the first event. */
  readonly from: number;
}

export interface LoadReport {
  /** µs, monotonic, by event number less `from`: when it was sent (or due), and when it was answered 2xx. */
  readonly sentAt: Float64Array;
  readonly acceptedAt: Float64Array;
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const { requests, batch, connections, rate, from } = order;
  const sentAt = new Float64Array(requests * batch);
  const acceptedAt = new Float64Array(requests * batch);
  const filler = 'x'.repeat(order.filler);
  const requestOf = (request: number): string => {
    const items = Array.from({ length: batch }, (_, at) => {
      const n = from + request * batch + at;
      return `{"type":"${order.type}","data":{"n":${n},"filler":"${filler}"}}`;
    });
    const body = batch === 1 ? (items[0] ?? '') : `[${items.join()}]`;
    return `POST /api/v1/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${order.key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const clients = Array.from({ length: connections }, () => new Client(order.host, order.port));
  const idle: Client[] = [];
  const began = monotonicMicros();
  const done = pending();
  let next = 0;
  let answered = 0;
  const send = (client: Client): void => {
    if (next >= requests) return;
    const request = next;
    const due = rate === null ? 0 : began + (request * 1_000_000) / rate;
    const now = monotonicMicros();
    if (due > now) {
      idle.push(client);
      return;
    }
    next += 1;
    sentAt.fill(rate === null ? now : due, request * batch, (request + 1) * batch);
    client.send(requestOf(request), (status) => {
      if (status < 200 || status > 299) {
        done.reject(new Error(`publish answered ${status}`));
        return;
      }
      acceptedAt.fill(monotonicMicros(), request * batch, (request + 1) * batch);
      answered += 1;
      if (answered === requests) done.resolve();
      else send(client);
    });
  };
  for (const client of clients) {
    client.onError = done.reject;
    send(client);
  }
  const ticking = rate === null ? undefined : setInterval(() => idle.splice(0).forEach(send), 1);
  try {
    await done.promise;
  } finally {
    clearInterval(ticking);
    for (const client of clients) client.close();
  }
  return { sentAt, acceptedAt };
}

/** One connection, one request at a time. */
class Client {
  onError: (error: Error) => void = () => {};
  readonly #socket: Socket;
  #onAnswer: (status: number) => void = () => {};

  constructor(host: string, port: number) {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on('error', (error) => this.onError(error));
    const reader = new MessageReader((head) => this.#onAnswer(Number(head.slice(9, 12))));
    this.#socket.on('data', (chunk) => reader.push(chunk));
  }

  send(request: string, onAnswer: (status: number) => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

function pending(): {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
} {
  let resolve = (): void => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  return { promise, resolve, reject };
}
