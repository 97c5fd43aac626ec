import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** Before each answer: its length, a 32-bit integer, which does not count itself. */
const LENGTH_BYTES = 4;
const KEEP_ALIVE_MS = 60_000;

type Listener = (...args: unknown[]) => void;

/** Plain TCP, or TLS where `ssl` is set: what kafkajs does when it is given no factory. */
export const connectPlainly: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? tls.connect({ host, port, ...(net.isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
    : net.connect({ host, port }, onConnect);
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

/** Passes on as many whole answers as there are, and keeps the rest until more comes. */
function gathered(onData: (data: Buffer) => void, open: { requests: number }): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let needed = LENGTH_BYTES;
  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) return;
    const data = chunks.length === 1 ? chunk : Buffer.concat(chunks, bytes);
    let end = 0;
    // Lengths are read one after the other; the last one found is of an answer that is still on its way.
    for (;;) {
      needed = LENGTH_BYTES;
      if (data.length - end < LENGTH_BYTES) break;
      needed += data.readInt32BE(end);
      if (data.length - end < needed) break;
      end += needed;
      open.requests -= 1;
    }
    const rest = data.subarray(end);
    chunks = rest.length === 0 ? [] : [rest];
    bytes = rest.length;
    if (end > 0) onData(data.subarray(0, end));
  };
}
