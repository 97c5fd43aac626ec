import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the range the system takes outgoing ports from: a broker that is down must find its port free when it returns.
const from = 20_000;
const to = 32_000;

/** `count` different ports of 127.0.0.1 that nobody listens on right now. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries > 1000) throw new Error(`no ${count} free ports between ${from} and ${to}`);
    const port = randomInt(from, to);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

/** Whether a server could listen on 127.0.0.1:`port` now. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
