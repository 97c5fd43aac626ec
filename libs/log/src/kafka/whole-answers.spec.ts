import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import { eventually } from '#testkit';
import { connectPlainly, wholeAnswers } from './whole-answers.ts';

/** Length, then that many bytes. */
const answer = (bytes: number): Buffer => {
  const whole = Buffer.alloc(4 + bytes, bytes);
  whole.writeInt32BE(bytes);
  return whole;
};

describe('sockets for kafkajs', () => {
  const atBroker: net.Socket[] = [];
  const broker = net.createServer((socket) => {
    socket.on('error', () => {});
    atBroker.push(socket);
  });
  let port = 0;
  beforeAll(async () => {
    broker.listen(0, '127.0.0.1');
    await once(broker, 'listening');
    port = (broker.address() as net.AddressInfo).port;
  });
  afterAll(async () => {
    for (const socket of atBroker) socket.destroy();
    broker.close();
    await once(broker, 'close');
  });

  const opened = async () => {
    const got: Buffer[] = [];
    const errors: string[] = [];
    const before = atBroker.length;
    const [socket] = await new Promise<[net.Socket]>((resolve) => {
      const made = wholeAnswers(connectPlainly)({
        host: '127.0.0.1',
        port,
        ssl: undefined as never,
        onConnect: () => resolve([made]),
      });
      made.on('data', (data: Buffer) => got.push(data));
      made.on('error', (error: Error) => errors.push(error.message));
    });
    const peer = await eventually(() => {
      const found = atBroker[before];
      if (found === undefined) throw new Error('not there yet');
      return found;
    });
    return { socket, peer, got, errors };
  };

  it('hand over whole answers only, however they were cut on the way', async () => {
    const { socket, peer, got } = await opened();
    const sent = Buffer.concat([answer(3), answer(300), answer(0), answer(70_000)]);
    for (let at = 0; at < sent.length;) {
      const cut = at < 400 ? 3 : 9_999;
      peer.write(sent.subarray(at, at + cut));
      at += cut;
      if (at < 400) await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => expect(Buffer.concat(got)).toEqual(sent));
    for (const data of got) {
      let at = 0;
      while (at < data.length) at += 4 + data.readInt32BE(at);
      expect(at).toBe(data.length);
    }
    socket.destroy();
  });

  it('read into the same bytes again and again', async () => {
    const before = atBroker.length;
    const read: Buffer[] = [];
    const socket = connectPlainly({ host: '127.0.0.1', port, ssl: undefined as never, onConnect: () => {} });
    socket.on('data', (chunk: Buffer) => read.push(chunk));
    await eventually(() => expect(atBroker.length).toBe(before + 1));
    for (let n = 1; n <= 3; n += 1) {
      atBroker[before]?.write(answer(n));
      await eventually(() => expect(read).toHaveLength(n));
    }
    expect(new Set(read.map(({ buffer }) => buffer)).size).toBe(1);
    socket.destroy();
  });

  it('keep to themselves half an answer whose broker died', async () => {
    const { socket, peer, got } = await opened();
    peer.end(answer(100).subarray(0, 50));
    await once(socket, 'close');
    expect(got).toEqual([]);
  });

  it('say so when they close with a request unanswered, also if it was this side that closed them', async () => {
    const { socket, peer, got, errors } = await opened();
    socket.write('a request');
    socket.write('another');
    peer.write(answer(1));
    await eventually(() => expect(got).toHaveLength(1));
    socket.end();
    peer.end();
    await eventually(() => expect(errors).toEqual(['closed with 1 requests unanswered']));
  });

  it('say nothing when they close with all answered', async () => {
    const { socket, peer, got, errors } = await opened();
    socket.write('a request');
    peer.write(answer(1));
    await eventually(() => expect(got).toHaveLength(1));
    socket.end();
    peer.end();
    await once(socket, 'close');
    expect(errors).toEqual([]);
  });
});
