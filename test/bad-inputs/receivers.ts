import { expect } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from '#testkit';
import { cleanText } from '#webhook-http';
import type { BadInput, BadWorld, Webhook } from './world.ts';

/** A server that speaks raw bytes once a request has come. Resolves with its URL, and how many connections it has. */
async function raw(
  world: BadWorld,
  answer: (socket: Socket) => void,
): Promise<{ readonly url: string; readonly sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.atEnd(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

function every(socket: Socket, ms: number, text: string): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(text)), ms);
}

interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly next_attempt_at: string;
  readonly updated_at: string;
}

/** What receivers answer, or do not. */
export const receivers: readonly BadInput[] = [
  {
    row: 23,
    input: 'a head that drips',
    expected: 'cut at the deadline, the connection is closed',
    check: async (world) => {
      const { url, sockets } = await raw(world, (socket) => every(socket, 50, 'H'));
      const report = await world.attempt(url, { timeoutMs: 400 });
      expect(report).toMatchObject({ status: null });
      expect(report.durationMs).toBeLessThan(1_500);
      await eventually(() => expect(sockets.size).toBe(0));
    },
  },
  {
    row: 24,
    input: 'never answers',
    expected: 'cut at the deadline',
    check: async (world) => {
      const { url } = await raw(world, () => undefined);
      const report = await world.attempt(url, { timeoutMs: 300 });
      expect(report).toMatchObject({ errorClass: 'timeout' });
      expect(report.durationMs).toBeLessThan(1_500);
    },
  },
  {
    row: 25,
    input: 'a body without end',
    expected: 'reading stops, the connection is closed, the status counts',
    check: async (world) => {
      const { url, sockets } = await raw(world, (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
        every(socket, 1, `4000\r\n${'x'.repeat(0x4000)}\r\n`);
      });
      const report = await world.attempt(url);
      expect(report).toMatchObject({ status: 200, responseTruncated: true });
      expect(report.responseBody.byteLength).toBe(16 * 1_024);
      expect(report.responseBytes).toBeLessThan(256 * 1_024);
      await eventually(() => expect(sockets.size).toBe(0));
    },
  },
  {
    row: 26,
    input: 'a compressed bomb, a thousand encodings',
    expected: 'not decompressed',
    check: async (world) => {
      const bomb = gzipSync(Buffer.alloc(10_000_000));
      const encodings = [...Array(1_000).keys()].map(() => 'gzip').join(', ');
      for (const encoding of ['gzip', encodings]) {
        const receiver = await world.receiver(() => ({
          headers: { 'Content-Encoding': encoding },
          body: bomb,
        }));
        const report = await world.attempt(receiver.url);
        expect(report).toMatchObject({ status: 200, responseBytes: bomb.byteLength });
        expect(Buffer.from(report.responseBody)).toEqual(bomb.subarray(0, 16 * 1_024));
      }
    },
  },
  {
    row: 27,
    input: 'a megabyte of headers, ten thousand headers',
    expected: 'failure `protocol`',
    check: async (world) => {
      const many = [...Array(10_000).keys()].map((n) => `X-${n}: y\r\n`).join('');
      for (const head of [`X-Big: ${'x'.repeat(1_000_000)}\r\n`, many]) {
        const { url } = await raw(world, (socket) => socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n`));
        expect(await world.attempt(url)).toMatchObject({ status: null, errorClass: 'protocol' });
      }
    },
  },
  {
    row: 28,
    input: 'hints without end (103), 100 Continue that nobody asked for',
    expected: 'bounded',
    check: async (world) => {
      for (const line of ['HTTP/1.1 103 Early Hints\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n']) {
        const { url } = await raw(world, (socket) => every(socket, 1, line.repeat(10)));
        const report = await world.attempt(url, { timeoutMs: 1_000 });
        expect(report).toMatchObject({ status: null, errorClass: 'protocol' });
      }
    },
  },
  {
    row: 29,
    input: 'status 99, 1000, HTTP/0.9, garbage; plain HTTP where TLS is expected',
    expected: 'failure `protocol` or `tls`',
    check: async (world) => {
      for (const text of [
        'HTTP/1.1 99 X\r\n\r\n',
        'HTTP/1.1 1000 X\r\n\r\n',
        '<html>',
        '\0\x01\x02\r\n\r\n',
      ]) {
        const { url } = await raw(world, (socket) => socket.end(text));
        expect(await world.attempt(url)).toMatchObject({ status: null, errorClass: 'protocol' });
      }
      const plain = await world.receiver(() => ({}));
      const wrong = await world.attempt(`https://127.0.0.1:${plain.port}/`);
      expect(wrong).toMatchObject({ errorClass: 'tls' });
    },
  },
  {
    row: 30,
    input: '200, then a reset in the middle of the body',
    expected: 'a success whose body is incomplete',
    check: async (world) => {
      const { url } = await raw(world, (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        // A moment later: what a reset overtakes is lost.
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
      const report = await world.attempt(url);
      expect(report).toMatchObject({ status: 200, errorClass: null, bodyIncomplete: true });
    },
  },
  {
    row: 31,
    input: 'Retry-After that is huge, negative, of 1970, no number',
    expected: 'from the schedule’s own wait to the most that the contract honours',
    check: async (world) => {
      const { key } = await world.newTenant();
      const headers = ['99999999', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT', 'NaN', '1e9', '0'];
      const receiver = await world.receiver(({ path }) => ({
        status: 503,
        headers: { 'Retry-After': headers[Number(path.slice(1))] ?? '' },
      }));
      for (const [n] of headers.entries()) {
        await world.webhook(key, `${receiver.url}/${n}`, { events: [`try.n${n}`] });
        const event = await world.publish(key, { type: `try.n${n}` });
        const wait = await eventually(async () => {
          const now = await world.delivery<Delivery>(key, event, 'pending');
          expect(now.next_attempt_at).not.toBeNull();
          return Date.parse(now.next_attempt_at) - Date.parse(now.updated_at);
        });
        expect([n, wait >= 15_000, wait <= 7_210_000]).toEqual([n, true, true]);
      }
    },
  },
  {
    row: 32,
    input: '410',
    expected: 'the endpoint is disabled, and says why',
    check: async (world) => {
      const { key } = await world.newTenant();
      const gone = await world.receiver(() => ({ status: 410 }));
      const id = await world.webhook(key, gone.url);
      await world.delivery(key, await world.publish(key), 'failed');
      await eventually(async () => {
        const now = await world.open.must<Webhook>('GET', `/webhooks/${id}`, undefined, key);
        expect(now).toMatchObject({ status: 'failed', reason: 'gone' });
      });
    },
  },
  {
    row: 33,
    input: 'a storm of 429',
    expected: 'other tenants are served as ever',
    check: async (world) => {
      const [noisy, quiet] = [await world.newTenant(), await world.newTenant()];
      const storm = await world.receiver(() => ({ status: 429, delayMs: 200 }));
      const calm = await world.receiver(() => ({}));
      await world.webhook(noisy.key, storm.url);
      await world.webhook(quiet.key, calm.url);
      const burst = Array.from({ length: 300 }, () => ({ type: 'a.b', data: {} }));
      await world.open.must('POST', '/events', burst, noisy.key);
      const began = performance.now();
      await world.publish(quiet.key);
      await calm.waitFor(1, 10_000);
      expect(performance.now() - began).toBeLessThan(3_000);
    },
  },
  {
    row: 36,
    input: 'a response that is script, markup, terminal escapes, bidirectional text',
    expected: 'shown inert: text in JSON, and no escapes on a terminal',
    check: async (world) => {
      const { key } = await world.newTenant();
      const body = '<script>alert(1)</script>"><img onerror=x>\u001b[2J\u202eevil\0';
      const receiver = await world.receiver(() => ({ body }));
      await world.webhook(key, receiver.url);
      const { id } = await world.delivery<Delivery>(key, await world.publish(key), 'delivered');
      const response = await fetch(`${world.open.urlFor('GET', '/deliveries')}/api/v1/deliveries/${id}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const shown = (await response.json()) as { attempt_log: { response: { body: string } }[] };
      expect(shown.attempt_log[0]?.response.body).toBe(body);
      expect(cleanText(body)).toBe('<script>alert(1)</script>"><img onerror=x>evil');
    },
  },
  {
    row: 37,
    input: 'Set-Cookie',
    expected: 'ignored',
    check: async (world) => {
      const { key } = await world.newTenant();
      const receiver = await world.receiver(() => ({ headers: { 'Set-Cookie': 'a=b' } }));
      await world.webhook(key, receiver.url);
      for (const count of [1, 2]) {
        await world.publish(key);
        await receiver.waitFor(count, 10_000);
      }
      for (const { headers } of receiver.requests) expect(Object.keys(headers)).not.toContain('Cookie');
    },
  },
];
