import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { eventually } from '#testkit';
import { dropSilentConnections } from './silent-connections.ts';

describe('a server that closes', () => {
  const answers: ServerResponse[] = [];
  const sockets: Socket[] = [];
  let server: Server;
  let beforeClosing: () => void;

  beforeEach(async () => {
    answers.length = 0;
    server = createServer((request, response) => {
      request.on('data', () => undefined);
      request.on('error', () => undefined);
      answers.push(response);
    });
    dropSilentConnections({
      server,
      addHook: (_name, hook) => {
        beforeClosing = () => hook(() => undefined);
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    await eventually(() => expect(server.listening).toBe(false));
  });

  const open = async (said: string): Promise<Socket> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.write(said);
    return socket;
  };

  /** As Fastify does it. */
  const close = (): Promise<unknown> => {
    const closed = once(server, 'close');
    beforeClosing();
    server.close();
    return closed;
  };

  it('does not wait for connections that say nothing, or break off within a head', async () => {
    await open('');
    await open('POST / HTTP/1.1\r\nHost: half');
    await eventually(async () => {
      const count = await new Promise((resolve) => server.getConnections((_, found) => resolve(found)));
      expect(count).toBe(2);
    });
    await close();
    expect(answers).toEqual([]);
  });

  it('does not wait for the rest of a body that does not come', async () => {
    const socket = await open('POST / HTTP/1.1\r\nHost: slow\r\nContent-Length: 10\r\n\r\nhalf');
    await eventually(() => expect(answers).toHaveLength(1));
    const ended = once(socket, 'close');
    await close();
    await ended;
  }, 10_000);

  it('answers what has arrived, and what arrives soon, and keeps no connection after that', async () => {
    const whole = await open('GET / HTTP/1.1\r\nHost: whole\r\n\r\n');
    const late = await open('POST / HTTP/1.1\r\nHost: late\r\nContent-Length: 4\r\n\r\nla');
    await eventually(() => expect(answers).toHaveLength(2));
    const heard = Promise.all([once(whole, 'data'), once(late, 'data')]);
    const closed = close();
    late.write('te');
    await eventually(() => expect(answers.every(({ req }) => req.complete)).toBe(true));
    for (const answer of answers) answer.writeHead(202).end();
    expect(String(await heard)).toMatch(/202 Accepted[^]+202 Accepted/);
    await closed;
  });
});
