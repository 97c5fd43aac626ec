import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { AnswerGatherer } from './answer-gatherer.ts';

const KEEP_ALIVE_MS = 60_000;

type Listener = (...args: unknown[]) => void;

/** As much as a socket reads at once, as ever. */
const READ_BYTES = 65_536;

/**
 * Plain TCP, or TLS where `ssl` is set: what kafkajs does when it is given no factory. Each socket reads into the same bytes
 * again and again: what `data` hands over is good until its listener returns. Otherwise each read takes 64 KiB of its
 * own, of which a process that reads 5 MB/s had tens of megabytes before the collector came for them.
 */
export const connectPlainly: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const onread = {
    buffer: Buffer.allocUnsafeSlow(READ_BYTES),
    callback: (bytes: number, buffer: Uint8Array): boolean => {
      socket.emit('data', buffer.subarray(0, bytes));
      return true;
    },
  };
  const to = { host, port, onread };
  const socket: net.Socket = ssl
    ? tls.connect({ ...to, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
    : net.connect(to, onConnect);
  return socket.setKeepAlive(true, KEEP_ALIVE_MS);
};

/** Longer than the group takes to answer a join; a connection that nobody needs is opened again by who does. */
const SILENT_MS = 90_000;

/**
 * Sockets on which no request of kafkajs waits for ever.
 *
 * 1. An answer is handed over only when it is there to its last byte. kafkajs keeps the first half of an answer whose
 *    broker died, and takes what the next connection brings for the rest of it: from then on it understands nothing of that
 *    broker, and every request times out until the process is started again. Here the half dies with its socket.
 * 2. One that closes with requests unanswered says so as an error, and one that is silent for too long as a time-out.
 *    Of a connection that it is closing itself kafkajs takes no notice of the end, and has stopped its clock: requests
 *    sent meanwhile would never be answered, nor refused.
 */
export function wholeAnswers(connect: ISocketFactory): ISocketFactory {
  return (args) => {
    const socket = connect(args);
    // One that found nobody is told to end once for each request that wanted it, and keeps a listener each time.
    socket.setMaxListeners(0);
    const open = { requests: 0, hasFailed: false };
    const listen = socket.on.bind(socket) as (event: string, listener: Listener) => net.Socket;
    const write = socket.write.bind(socket) as (...written: unknown[]) => boolean;
    listen('error', () => (open.hasFailed = true));
    listen('close', () => {
      if (open.requests < 1 || open.hasFailed) return;
      socket.emit('error', new Error(`closed with ${open.requests} requests unanswered`));
    });
    socket.setTimeout(SILENT_MS);
    return Object.assign(socket, {
      on: (event: string, listener: Listener): net.Socket =>
        listen(event, event === 'data' ? (gathered(listener, open) as Listener) : listener),
      write: (...written: unknown[]): boolean => {
        open.requests += 1;
        return write(...written);
      },
    });
  };
}

function gathered(onAnswer: (answer: Buffer) => void, open: { requests: number }): (chunk: Buffer) => void {
  const gatherer = new AnswerGatherer((answer) => {
    open.requests -= 1;
    onAnswer(answer);
  });
  return (chunk) => gatherer.take(chunk);
}
