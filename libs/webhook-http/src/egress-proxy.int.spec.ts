import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createThrowAwayCa, startReceiver } from '#testkit';
import { createEgressGuard } from './egress-guard.ts';
import { egressProxyOf } from './egress-proxy.ts';
import { createHttpSender } from './http-sender.ts';
import { prepareTarget } from './target.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

type OnConnect = (request: IncomingMessage, socket: Socket) => void;

/** A forward proxy; `onConnect` may refuse. Every name leads to 127.0.0.1, as a proxy's own DNS would have it. */
async function startProxy(onConnect?: OnConnect): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(request);
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (onConnect !== undefined) return onConnect(request, socket);
    const port = Number(request.url?.split(':').at(-1));
    const there = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    sockets.add(there);
    there.on('error', () => socket.destroy());
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function senderBy(proxyUrl: string, extraCa: readonly string[] = []) {
  // Resolves nothing: who goes through the proxy asks no DNS of ours.
  const resolve = () => Promise.reject(new Error('asked for an address'));
  const egress = createEgressGuard({ allow: ['127.0.0.0/8'], resolve });
  const proxy = egressProxyOf(proxyUrl);
  const sender = createHttpSender({ egress, userAgent: 'Hyperhook/1', proxy, extraCa });
  open.push(() => sender.close());
  return (url: string, timeoutMs = 2_000) =>
    sender.send({ target: prepareTarget(url), headers: {}, body: Buffer.from('{}'), timeoutMs });
}

describe('an attempt through a forward proxy', () => {
  it('goes to the name that the endpoint has, over TLS of its own, with a connection that is kept', async () => {
    const authority = await createThrowAwayCa();
    const tls = await authority.issue({ hosts: ['hooks.example'] });
    const receiver = await startReceiver({ tls });
    open.push(() => receiver.close());
    const { url, asked } = await startProxy();
    const send = senderBy(url, [authority.ca]);
    expect(await send(`https://hooks.example:${receiver.port}/a`)).toMatchObject({ status: 200 });
    expect(await send(`https://hooks.example:${receiver.port}/b`)).toMatchObject({ status: 200 });
    expect(asked.map((request) => request.url)).toEqual([`hooks.example:${receiver.port}`]);
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  it('checks the certificate of the endpoint, not that of whoever answers', async () => {
    const authority = await createThrowAwayCa();
    const receiver = await startReceiver({ tls: await authority.issue({ hosts: ['other.example'] }) });
    open.push(() => receiver.close());
    const { url } = await startProxy();
    const report = await senderBy(url, [authority.ca])(`https://hooks.example:${receiver.port}/`);
    expect(report).toMatchObject({ errorClass: 'tls', status: null });
  });

  it('carries http too, and tells the proxy who it is', async () => {
    const receiver = await startReceiver();
    open.push(() => receiver.close());
    const { url, asked } = await startProxy();
    const send = senderBy(url.replace('//', '//me:p%40ss@'));
    expect(await send(`http://hooks.example:${receiver.port}/`)).toMatchObject({ status: 200 });
    const credentials = Buffer.from('me:p@ss').toString('base64');
    expect(asked[0]?.headers['proxy-authorization']).toBe(`Basic ${credentials}`);
    expect(receiver.requests[0]?.headers).not.toHaveProperty('Proxy-Authorization');
  });

  it.each([
    ['that says no by its rules is a blocked address', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'blocked_address'],
    ['that wants other credentials is a failed connect', 'HTTP/1.1 407 Who?\r\n\r\n', 'connect'],
    ['that cannot reach the endpoint is a failed connect', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'connect'],
    ['that speaks something else is a failed connect', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', 'connect'],
    ['whose answer never ends is a failed connect', `HTTP/1.1 200 ${'x'.repeat(20_000)}`, 'connect'],
  ])('%s', async (_, answer, errorClass) => {
    const { url } = await startProxy((_request, socket) => void socket.write(answer));
    expect(await senderBy(url)('https://hooks.example/')).toMatchObject({ errorClass, status: null });
  });

  it('that hangs up is a failed connect, one that says nothing is cut at the deadline', async () => {
    const gone = await startProxy((_request, socket) => void socket.destroy());
    expect(await senderBy(gone.url)('https://hooks.example/')).toMatchObject({ errorClass: 'connect' });
    const silent = await startProxy(() => undefined);
    expect(await senderBy(silent.url)('https://hooks.example/', 300)).toMatchObject({
      errorClass: 'timeout',
    });
    expect(await senderBy('http://127.0.0.1:1')('https://hooks.example/')).toMatchObject({
      errorClass: 'connect',
    });
  });

  it('is asked for no literal address that deliveries must not reach', async () => {
    const { url, asked } = await startProxy();
    expect(await senderBy(url)('https://10.0.0.1/')).toMatchObject({ errorClass: 'blocked_address' });
    expect(asked).toEqual([]);
  });
});
