import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import { eventually } from '#testkit';
import { openCluster } from './cluster.ts';
import { kafkaClient } from './connection.ts';

describe('a broker that takes connections and says nothing', () => {
  const sockets: net.Socket[] = [];
  const broker = net.createServer((socket) => {
    socket.on('error', () => {});
    // Read, or its end would never be seen.
    socket.resume();
    sockets.push(socket);
  });
  let port = 0;
  beforeAll(async () => {
    broker.listen(0, '127.0.0.1');
    await once(broker, 'listening');
    port = (broker.address() as net.AddressInfo).port;
  });
  const close = () => {
    for (const socket of sockets) socket.destroy();
    broker.close();
  };
  afterAll(close);

  it('keeps none of them: the next try connects anew, and nobody is told that all is well', async () => {
    const cluster = openCluster(kafkaClient({ brokers: [`127.0.0.1:${port}`], clientId: 'test' }, 300));
    const connected = cluster.connect();
    connected.catch(() => {});
    await eventually(() => expect(sockets[0]?.destroyed).toBe(true));
    await eventually(() => expect(sockets.length).toBeGreaterThan(1));
    close();
    await expect(connected).rejects.toThrow('connect ECONNREFUSED');
  }, 30_000);
});
