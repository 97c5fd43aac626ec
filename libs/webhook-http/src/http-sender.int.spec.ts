import { afterEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { eventually, startReceiver, type Receiver, type ReceiverOptions } from '#testkit';
import { createEgressGuard, type EgressOptions } from './egress-guard.ts';
import { createHttpSender } from './http-sender.ts';
import { NotStarted, type Sender, type SendRequest } from './sender.ts';
import { prepareTarget } from './target.ts';

const open: (() => Promise<void>)[] = [];
const receiverOf = async (options?: ReceiverOptions): Promise<Receiver> => {
  const receiver = await startReceiver(options);
  open.push(() => receiver.close());
  return receiver;
};
const senderOf = (egress: EgressOptions = { allow: ['127.0.0.0/8'] }): Sender => {
  const sender = createHttpSender({ egress: createEgressGuard(egress), userAgent: 'Hyperhook/1' });
  open.push(() => sender.close());
  return sender;
};
const requestTo = (url: string, more: Partial<SendRequest> = {}): SendRequest => ({
  target: prepareTarget(url),
  headers: { 'Content-Type': 'application/json', 'X-Hyperleap-Signature': 'sha256=00' },
  body: Buffer.from('{"a":1}'),
  timeoutMs: 2_000,
  ...more,
});

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

describe('one attempt', () => {
  it('asks whether it may in the turn in which it writes: what changed while it connected counts (R9)', async () => {
    const receiver = await receiverOf();
    const sender = senderOf();
    let may = true;
    const sent = sender.send(requestTo(receiver.url, { mayStart: () => may }));
    may = false;
    await expect(sent).rejects.toThrow(NotStarted);
    expect(receiver.requests).toHaveLength(0);
    may = true;
    expect(await sender.send(requestTo(receiver.url, { mayStart: () => may }))).toMatchObject({
      status: 200,
    });
    expect(receiver.requests).toHaveLength(1);
  });

  it('POSTs the bytes as they are, with the headers in the case given and nothing that asks for more', async () => {
    const receiver = await receiverOf({
      answer: () => ({ status: 201, body: 'thanks', headers: { 'X-A': 'b' } }),
    });
    const report = await senderOf().send(requestTo(`${receiver.url}/hooks?x=%20y`));
    expect(report).toMatchObject({
      result: { kind: 'response', status: 201, retryAfterMs: null },
      status: 201,
      errorClass: null,
      message: 'Answered 201.',
      responseBytes: 6,
      responseTruncated: false,
      bodyIncomplete: false,
    });
    expect(report.responseHeaders).toMatchObject({ 'x-a': 'b' });
    expect(Buffer.from(report.responseBody).toString()).toBe('thanks');
    const [seen] = receiver.requests;
    expect(seen).toMatchObject({ method: 'POST', path: '/hooks?x=%20y' });
    expect(seen?.body.toString()).toBe('{"a":1}');
    expect(seen?.headers).toEqual({
      host: `127.0.0.1:${receiver.port}`,
      connection: 'keep-alive',
      'User-Agent': 'Hyperhook/1',
      'Accept-Encoding': 'identity',
      'X-Hyperhook-Hop': '1',
      'Content-Type': 'application/json',
      'X-Hyperleap-Signature': 'sha256=00',
      'content-length': '7',
    });
  });

  it('after another uses the same connection, and gets no cookie of it', async () => {
    const receiver = await receiverOf({ answer: () => ({ headers: { 'Set-Cookie': 'a=b' } }) });
    const sender = senderOf();
    for (let n = 0; n < 5; n += 1) await sender.send(requestTo(receiver.url));
    expect(receiver.connections).toBe(1);
    expect(receiver.requests.every(({ headers }) => headers['cookie'] === undefined)).toBe(true);
  });

  it('beside others gets a connection of its own', async () => {
    const receiver = await receiverOf({ answer: () => ({ delayMs: 50 }) });
    const sender = senderOf();
    await Promise.all(Array.from({ length: 10 }, () => sender.send(requestTo(receiver.url))));
    expect(receiver.connections).toBe(10);
  });

  it.each([301, 302, 307, 308])('answered %d is not followed: one request only', async (status) => {
    const other = await receiverOf();
    const receiver = await receiverOf({ answer: () => ({ status, headers: { Location: other.url } }) });
    const report = await senderOf().send(requestTo(receiver.url));
    expect(report).toMatchObject({ status, message: `Answered ${status}; redirects are not followed.` });
    expect(report.responseHeaders?.['location']).toBe(other.url);
    expect([receiver.requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it('answered with a compressed bomb keeps the bytes as they came', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const receiver = await receiverOf({
      answer: () => ({ body: bomb, headers: { 'Content-Encoding': 'gzip' } }),
    });
    const report = await senderOf().send(requestTo(receiver.url));
    expect(report).toMatchObject({ status: 200, responseBytes: bomb.byteLength, bodyIncomplete: false });
    expect(report.responseBody).toEqual(bomb);
  });

  it('keeps 16 KiB of a longer body, and says so', async () => {
    const receiver = await receiverOf({ answer: () => ({ body: 'x'.repeat(40_000) }) });
    const report = await senderOf().send(requestTo(receiver.url));
    expect(report).toMatchObject({ responseBytes: 40_000, responseTruncated: true, bodyIncomplete: false });
    expect(report.responseBody.byteLength).toBe(16_384);
  });

  it('honours nothing by itself, but reports what Retry-After asks for', async () => {
    const receiver = await receiverOf({ answer: () => ({ status: 429, headers: { 'Retry-After': '7' } }) });
    const report = await senderOf().send(requestTo(receiver.url));
    expect(report.result).toEqual({ kind: 'response', status: 429, retryAfterMs: 7_000 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('with a header that no request can have is an invalid request', async () => {
    const receiver = await receiverOf();
    const report = await senderOf().send(requestTo(receiver.url, { headers: { 'X-A': 'a\r\nX-B: c' } }));
    expect(report).toMatchObject({ errorClass: 'invalid_request' });
    expect(receiver.requests).toHaveLength(0);
  });

  it('whose connection was reset before an answer is made once, and once only', async () => {
    const receiver = await receiverOf({ answer: (_request, n) => ({ reset: n === 2 }) });
    const sender = senderOf();
    await sender.send(requestTo(receiver.url));
    const report = await sender.send(requestTo(receiver.url));
    expect(report).toMatchObject({ errorClass: 'reset', status: null });
    expect(receiver.requests).toHaveLength(2);
  });

  it('that times out frees its connection, and its receiver sees it closed', async () => {
    const receiver = await receiverOf({ answer: () => ({ hang: true }) });
    const started = performance.now();
    const report = await senderOf().send(requestTo(receiver.url, { timeoutMs: 200 }));
    expect(report).toMatchObject({
      errorClass: 'timeout',
      message: 'No response head came in time (0.2 s).',
    });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(report.durationMs).toBeGreaterThanOrEqual(199);
  });
});

describe('where an attempt may go', () => {
  it('is nowhere private: a literal address is refused at connect', async () => {
    const receiver = await receiverOf();
    const report = await senderOf({}).send(requestTo(receiver.url));
    expect(report).toMatchObject({ errorClass: 'blocked_address', status: null, responseHeaders: null });
    expect(receiver.connections).toBe(0);
  });

  it('is decided by what the name resolves to at each connect, also when that flips', async () => {
    const receiver = await receiverOf({ answer: () => ({ headers: { Connection: 'close' } }) });
    const answers = ['127.0.0.1', '10.0.0.1', '127.0.0.1'];
    const asked: string[] = [];
    const resolve = (host: string) => {
      asked.push(host);
      return Promise.resolve([{ address: answers[asked.length - 1] ?? '', family: 4 as const }]);
    };
    const sender = senderOf({ allow: ['127.0.0.0/8'], resolve });
    const url = `http://flips.example:${receiver.port}/`;
    const classes = [];
    for (let n = 0; n < 3; n += 1) classes.push((await sender.send(requestTo(url))).errorClass);
    expect(classes).toEqual([null, 'blocked_address', null]);
    expect(asked).toEqual(['flips.example', 'flips.example', 'flips.example']);
    expect(receiver.requests.map(({ headers }) => headers['host'])).toEqual([
      `flips.example:${receiver.port}`,
      `flips.example:${receiver.port}`,
    ]);
  });

  it('is nowhere when one of the addresses of the name is private', async () => {
    const receiver = await receiverOf();
    const resolve = () =>
      Promise.resolve([
        { address: '127.0.0.1', family: 4 as const },
        { address: '10.0.0.1', family: 4 as const },
      ]);
    const report = await senderOf({ allow: ['127.0.0.1'], resolve }).send(
      requestTo(`http://mixed.example:${receiver.port}/`),
    );
    expect(report.errorClass).toBe('blocked_address');
    expect(receiver.connections).toBe(0);
  });

  it.each([
    ['does not exist', () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })), 'dns'],
    ['never resolves', () => new Promise<never>(() => undefined), 'timeout'],
  ])('is nowhere when the name %s', async (_case, resolve, errorClass) => {
    const report = await senderOf({ resolve }).send(requestTo('http://gone.example/', { timeoutMs: 150 }));
    expect(report).toMatchObject({ errorClass });
  });

  it('is not held up by an earlier attempt that never got to connect', async () => {
    const receiver = await receiverOf();
    let asked = 0;
    const found = [{ address: '127.0.0.1', family: 4 as const }];
    const resolve = () => ((asked += 1) === 1 ? new Promise<never>(() => undefined) : Promise.resolve(found));
    const sender = senderOf({ allow: ['127.0.0.0/8'], resolve });
    const url = `http://slow.example:${receiver.port}/`;
    expect(await sender.send(requestTo(url, { timeoutMs: 100 }))).toMatchObject({ errorClass: 'timeout' });
    expect(await sender.send(requestTo(url))).toMatchObject({ status: 200 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('is a private name that the installation lists, found the way the system finds it', async () => {
    const receiver = await receiverOf();
    const sender = senderOf({ allow: ['127.0.0.0/8', '::1'], privateHosts: ['localhost'] });
    expect(await sender.send(requestTo(`http://localhost:${receiver.port}/`))).toMatchObject({ status: 200 });
  });

  it('that nobody listens at is a failed connect', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    expect(await senderOf().send(requestTo(receiver.url))).toMatchObject({ errorClass: 'connect' });
  });
});

describe('closing the sender', () => {
  it('waits for what is in flight, then takes nothing more', async () => {
    const receiver = await receiverOf({ answer: () => ({ delayMs: 100 }) });
    const sender = senderOf();
    const sent = sender.send(requestTo(receiver.url));
    await receiver.waitFor(1);
    await sender.close();
    await eventually(async () => expect((await sent).status).toBe(200));
    await expect(sender.send(requestTo(receiver.url))).rejects.toThrow('closed');
  });
});
