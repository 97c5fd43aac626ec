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

/**
 * Sockets that hand over an answer only when it is there to its last byte. kafkajs keeps the first half of an answer
 * whose broker died, and takes what the next connection brings for the rest of it: from then on it understands nothing of
 * that broker, and every request times out until the process is started again. Here the half dies with its socket.
 */
export function wholeAnswers(connect: ISocketFactory): ISocketFactory {
  return (args) => {
    const socket = connect(args);
    // One that found nobody is told to end once for each request that wanted it, and keeps a listener each time.
    socket.setMaxListeners(0);
    const listen = socket.on.bind(socket) as (event: string, listener: Listener) => net.Socket;
    const on = (event: string, listener: Listener): net.Socket =>
      listen(event, event === 'data' ? (gathered(listener) as Listener) : listener);
    return Object.assign(socket, { on });
  };
}

/** Passes on as many whole answers as there are, and keeps the rest until more comes. */
function gathered(onData: (data: Buffer) => void): (chunk: Buffer) => void {
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
    }
    const rest = data.subarray(end);
    chunks = rest.length === 0 ? [] : [rest];
    bytes = rest.length;
    if (end > 0) onData(data.subarray(0, end));
  };
}
