import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { eventually, startReceiver } from '#testkit';
import { createEgressGuard } from './egress-guard.ts';
import { createHttpSender } from './http-sender.ts';
import type { AttemptReport, Sender } from './sender.ts';
import { prepareTarget } from './target.ts';

/** Where the deadline is not what is looked at: a machine may stand still for a second. */
const UNHURRIED_MS = 5_000;

const open: (() => Promise<void>)[] = [];

/** A server that speaks raw bytes, once a whole request has come in. */
const raw = async (
  answer: (socket: Socket) => void,
): Promise<{ url: string; sockets: Socket[]; seen: () => string }> => {
  const sockets: Socket[] = [];
  let seen = '';
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      seen += data.toString('latin1');
      if (seen.endsWith('{"a":1}')) answer(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets, seen: () => seen };
};

/** A thread that listens and then waits for ever, so that the kernel's queue fills up. */
const neverAccepting = async (): Promise<{ port: number; worker: Worker }> => {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
     });`,
    { eval: true },
  );
  const [port] = await once(worker, 'message');
  return { port, worker };
};

const senderOf = (): Sender => {
  const egress = createEgressGuard({ allow: ['127.0.0.0/8'] });
  const sender = createHttpSender({ egress, userAgent: 'Hyperhook/1' });
  open.push(() => sender.close());
  return sender;
};
const attempt = (url: string, timeoutMs = UNHURRIED_MS, sender = senderOf()): Promise<AttemptReport> =>
  sender.send({ target: prepareTarget(url), headers: {}, body: Buffer.from('{"a":1}'), timeoutMs });
const every = (socket: Socket, ms: number, text: string): void => {
  const timer = setInterval(() => socket.write(text), ms);
  socket.once('close', () => clearInterval(timer));
};

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

describe('a receiver that delays', () => {
  it('by never answering is cut at the deadline', async () => {
    const { url } = await raw(() => undefined);
    expect(await attempt(url, 150)).toMatchObject({ errorClass: 'timeout', status: null });
  });

  it('by dripping its head is cut at the deadline, and the connection is closed', async () => {
    const server = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-A: ');
      every(socket, 20, 'a');
    });
    const started = performance.now();
    expect(await attempt(server.url, 300)).toMatchObject({ errorClass: 'timeout' });
    expect(performance.now() - started).toBeLessThan(1_000);
    const [socket] = server.sockets;
    // Not by `once`, which takes the reset that a drip may meet for a failure.
    await eventually(() => expect(socket?.destroyed).toBe(true));
  });

  it('by never accepting is cut at the deadline', async () => {
    const { port, worker } = await neverAccepting();
    // What the queue of a listener takes before it takes no more.
    const queue = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    open.push(async () => {
      for (const socket of queue) socket.destroy();
      await worker.terminate();
    });
    await eventually(() => expect(queue.filter(({ connecting }) => !connecting).length).toBeGreaterThan(0));
    const report = await attempt(`http://127.0.0.1:${port}/`, 300);
    expect(report).toMatchObject({ errorClass: 'timeout' });
  });

  it('by never starting TLS is cut at the deadline', async () => {
    const { url } = await raw(() => undefined);
    expect(await attempt(url.replace('http:', 'https:'), 200)).toMatchObject({ errorClass: 'timeout' });
  });

  it('by dripping its body for ever has answered all the same', async () => {
    const server = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      every(socket, 20, '1\r\nx\r\n');
    });
    const started = performance.now();
    const report = await attempt(server.url, 500);
    expect(report).toMatchObject({
      status: 200,
      errorClass: null,
      bodyIncomplete: true,
      responseTruncated: true,
    });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(report.durationMs).toBeLessThan(500);
  });
});

describe('a receiver whose body is wrong has answered all the same', () => {
  it('when it never ends: reading stops at 64 KiB', async () => {
    const { url } = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', more);
      more();
    });
    const report = await attempt(url);
    expect(report).toMatchObject({ status: 200, bodyIncomplete: true, responseTruncated: true });
    expect(report.responseBytes).toBeLessThan(300_000);
    expect(report.responseBody.byteLength).toBe(16_384);
  });

  it.each([
    ['reset half-way', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', true],
    ['shorter than it said', 'HTTP/1.1 204 No Content\r\n\r\n', false],
    ['garbage where a chunk should be', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n', true],
  ])('when it is %s', async (_case, text, incomplete) => {
    const { url } = await raw((socket) => socket.end(text));
    expect(await attempt(url)).toMatchObject({
      result: { kind: 'response' },
      errorClass: null,
      bodyIncomplete: incomplete,
    });
  });
});

describe('a receiver that speaks something else', () => {
  it.each([
    ['HTTP/0.9', '<html>hello</html>'],
    ['garbage', '\0\u0001\u0002\u0003\r\n\r\n'],
    ['status 99', 'HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n'],
    ['status 600', 'HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n'],
    ['status 1000', 'HTTP/1.1 1000 Odd\r\nContent-Length: 0\r\n\r\n'],
    ['status abc', 'HTTP/1.1 abc Odd\r\n\r\n'],
    ['100 unasked', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['101 unasked', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['1 MB of header', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(1_000_000)}\r\n\r\n`],
    ['10,000 headers', `HTTP/1.1 200 OK\r\n${'X-A: a\r\n'.repeat(10_000)}\r\n`],
    ['a flood of hints', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000)],
  ])('%s is a protocol failure', async (_case, text) => {
    const { url } = await raw((socket) => socket.write(text));
    expect(await attempt(url)).toMatchObject({ errorClass: 'protocol', status: null });
  });

  it('but hints first, then an answer, is an answer', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    const { url } = await raw((socket) =>
      socket.write(`${hint}${hint}HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n`),
    );
    expect(await attempt(url)).toMatchObject({ status: 202, bodyIncomplete: false });
  });

  it('by closing without a word is a reset', async () => {
    const { url } = await raw((socket) => socket.end());
    expect(await attempt(url)).toMatchObject({ errorClass: 'reset' });
  });
});

describe('a second attempt on a kept connection', () => {
  it('that its receiver had just closed is never sent twice', async () => {
    const receiver = await startReceiver({ answer: () => ({ headers: { 'Keep-Alive': 'timeout=1' } }) });
    open.push(() => receiver.close());
    const sender = senderOf();
    for (let n = 0; n < 20; n += 1) await attempt(receiver.url, UNHURRIED_MS, sender);
    expect(receiver.requests).toHaveLength(20);
  });

  it('comes after one that was cut without its leftovers', async () => {
    let n = 0;
    const { url } = await raw((socket) => {
      n += 1;
      socket.write(`HTTP/1.1 20${n} OK\r\nContent-Length: ${n === 1 ? 70_000 : 0}\r\n\r\n`);
      if (n === 1) socket.write('x'.repeat(69_000));
    });
    const sender = senderOf();
    expect(await attempt(url, UNHURRIED_MS, sender)).toMatchObject({ status: 201, bodyIncomplete: true });
    expect(await attempt(url, UNHURRIED_MS, sender)).toMatchObject({ status: 202, responseBytes: 0 });
  });
});
