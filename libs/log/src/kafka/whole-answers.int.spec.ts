import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import net from 'node:net';
import { startKafka, type KafkaForTests } from '#testkit';
import { openKafkaLog, type KafkaLog } from './kafka-log.ts';

const BIG = 300_000;

/** Between a client and a broker: breaks the connection in the middle of the first long answer, once told to. */
class BreakingProxy {
  isArmed = false;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  constructor(to: number) {
    this.#server = net.createServer((client) => {
      const broker = net.connect(to, '127.0.0.1');
      for (const socket of [client, broker]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          broker.destroy();
        });
      }
      client.on('data', (chunk) => broker.write(chunk));
      broker.on('data', (chunk: Buffer) => {
        if (this.isArmed && chunk.length > 10_000) {
          this.isArmed = false;
          broker.destroy();
          client.end(chunk.subarray(0, 5_000));
        } else client.write(chunk);
      });
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as net.AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('Kafka log: a connection that breaks in the middle of an answer', () => {
  let kafka: KafkaForTests;
  let proxy: BreakingProxy;
  let log: KafkaLog;
  beforeAll(async () => {
    kafka = await startKafka();
    const [, port = ''] = kafka.brokers[0]?.split(':') ?? [];
    proxy = new BreakingProxy(Number(port));
    const through = await proxy.open();
    log = await openKafkaLog({
      brokers: kafka.brokers,
      clientId: 'half-an-answer',
      prefix: `half${process.pid}.`,
      socketFactory: ({ onConnect }) => net.connect(through, '127.0.0.1', onConnect),
    });
    await log.ensureTopics(1);
  }, 120_000);
  afterAll(async () => {
    await log?.close();
    await proxy?.close();
    await kafka?.stop();
  }, 60_000);

  it('is read from again, as if nothing had been', async () => {
    const value = new Uint8Array(BIG).fill(7);
    await log.append([{ topic: 'events', partition: 0, key: null, headers: {}, value }]);
    proxy.isArmed = true;
    const began = performance.now();
    const read = await log.readOne('events', 0, 0);
    expect(read?.value).toHaveLength(BIG);
    expect(proxy.isArmed).toBe(false);
    // Far below the time-out of a request: the answer after the broken one was understood.
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 90_000);
});
