import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const WAIT_MS = 2_000;

/** What speaks at `address` (host:port): asked only when a connection broke and nobody said why. Never rejects. */
export async function whatListens(address: string): Promise<'kafka' | 'nothing known' | 'tls'> {
  const [host = '', port = ''] = address.split(':');
  const at = { host, port: Number(port) };
  if (host === '' || !Number.isInteger(at.port)) return 'nothing known';
  const isTls = await answers((done) =>
    // Nothing is sent over it: whom it belongs to does not matter here.
    connectTls({ ...at, ...(isIP(host) === 0 ? { servername: host } : {}), rejectUnauthorized: false }, done),
  );
  if (isTls) return 'tls';
  const isKafka = await answers((done) => {
    const socket = connect(at, () => socket.write(apiVersions));
    return socket.once('data', done);
  });
  return isKafka ? 'kafka' : 'nothing known';
}

function answers(open: (done: () => void) => Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (answered: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answered);
    };
    const timer = setTimeout(() => end(false), WAIT_MS);
    const socket = open(() => end(true));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}

/** Length, api key 18, version 0, correlation id 1, no client id: the one request that every listener answers. */
const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
