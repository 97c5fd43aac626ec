/** Receiver of the benchmarks, in a process of its own: answers 200 at once, and tells its parent what arrived when. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const epochMs = (): number => performance.timeOrigin + performance.now();

let count = 0;
let latencies: number[] = [];
/** Of `/flaky`: when each body came first. It is answered 500 then, and 200 the second time. */
const firstAt = new Map<string, number>();
let waits: number[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const at = epochMs();
    const body = Buffer.concat(chunks).toString('latin1');
    if (request.url === '/flaky') {
      const first = firstAt.get(body);
      if (first === undefined) firstAt.set(body, at);
      else waits.push(at - first);
      response.writeHead(first === undefined ? 500 : 200).end();
      return;
    }
    const [, sentAt] = /"sent_at":([\d.]+)/.exec(body) ?? [];
    if (sentAt !== undefined) latencies.push(at - Number(sentAt));
    count += 1;
    response.writeHead(200).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message) => {
  if (message === 'report') process.send?.({ count, latencies, waits });
  if (message === 'reset') {
    count = 0;
    latencies = [];
    waits = [];
  }
});
process.on('disconnect', () => process.exit(0));
