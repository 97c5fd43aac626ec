import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settledConnection, type InnerConnection } from './settled-connection.ts';

type Open = InnerConnection<object> & { connect(): Promise<unknown> };

/** kafkajs' own, as they are. */
const require = createRequire(import.meta.url);
const Connection = require('kafkajs/src/network/connection') as new (options: object) => Open;
const socketFactory = (require('kafkajs/src/network/socketFactory') as () => object)();

const quiet = { debug: () => {}, error: () => {}, info: () => {}, warn: () => {} };
const nothing = { buf: Buffer.alloc(0), buffer: Buffer.alloc(0) };
const poll = {
  request: { apiKey: 1, apiVersion: 0, apiName: 'Poll', encode: () => nothing },
  response: { decode: async () => ({ clientSideThrottleTime: 0 }), parse: () => 'answered' },
};
/** As a broker that has nothing to tell yet. */
const ANSWERED_AFTER_MS = 50;

describe('a connection that is closed', () => {
  const sockets = new Set<Socket>();
  let server: Server;

  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        const reply = Buffer.alloc(8);
        reply.writeInt32BE(4, 0);
        reply.writeInt32BE(bytes.readInt32BE(8), 4);
        setTimeout(() => socket.writable && socket.write(reply), ANSWERED_AFTER_MS);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  async function opened(): Promise<Open> {
    const { port } = server.address() as AddressInfo;
    const connection = new Connection({
      host: '127.0.0.1',
      port,
      logger: { ...quiet, namespace: () => quiet },
      socketFactory,
      requestTimeout: 30_000,
      connectionTimeout: 5_000,
    });
    await connection.connect();
    return connection;
  }

  /** What becomes of a poll that is begun so many steps of the event loop's queue before the closing. */
  async function pollBeforeClosing(steps: number): Promise<string> {
    const connection = settledConnection(await opened());
    let found = 'never settled';
    const polled = connection.send(poll).then(
      () => (found = 'answered'),
      ({ message }: Error) => (found = message),
    );
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    await connection.disconnect();
    await new Promise((resolve) => setImmediate(resolve));
    if (found === 'answered') await polled;
    return found;
  }

  it('leaves no poll without an answer, whenever it was begun', async () => {
    const found = await Promise.all(Array.from({ length: 40 }, (_, steps) => pollBeforeClosing(steps)));
    expect(new Set(found)).toEqual(new Set(['Not connected', 'closed by this process', 'answered']));
  });
});
