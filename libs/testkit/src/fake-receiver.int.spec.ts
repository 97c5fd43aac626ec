import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'node:https';
import { once } from 'node:events';
import { startReceiver, type Receiver, type ReceiverOptions } from './fake-receiver.ts';
import { createThrowAwayCa } from './throw-away-ca.ts';

let receiver: Receiver | undefined;
const start = async (options?: ReceiverOptions): Promise<string> => {
  receiver = await startReceiver(options);
  return receiver.url;
};
afterEach(() => receiver?.close());

const post = (url: string, body = 'x') =>
  fetch(url, { method: 'POST', body, headers: { connection: 'close' } });

describe('the fake receiver', () => {
  it('remembers requests in order, and answers each as told', async () => {
    const url = await start({
      answer: (_request, n) => ({ status: 200 + n, body: `${n}`, headers: { 'X-N': `${n}` } }),
    });
    expect((await post(`${url}/a?b`, 'one')).status).toBe(201);
    const second = await post(`${url}/c`, 'two');
    expect([await second.text(), second.headers.get('x-n')]).toEqual(['2', '2']);
    const seen = await receiver?.waitFor(2);
    expect(seen?.map(({ method, path, body }) => [method, path, body.toString()])).toEqual([
      ['POST', '/a?b', 'one'],
      ['POST', '/c', 'two'],
    ]);
  });

  it('says how many came when too few did', async () => {
    await start();
    await expect(receiver?.waitFor(1, 20)).rejects.toThrow('0 of 1 requests came');
  });

  it('drips, resets and hangs, and closes all the same', async () => {
    const url = await start({
      answer: (_request, n) =>
        [{ body: 'abc', drip: { bytes: 1, everyMs: 5 } }, { reset: true }, { hang: true }][n - 1] ?? {},
    });
    expect(await (await post(url)).text()).toBe('abc');
    await expect(post(url)).rejects.toThrow('fetch failed');
    const hanging = post(url).catch(() => 'cut');
    await receiver?.waitFor(3);
    await receiver?.close();
    receiver = undefined;
    expect(await hanging).toBe('cut');
  });

  it('speaks TLS by a certificate of the throw-away authority', async () => {
    const authority = await createThrowAwayCa();
    const url = await start({ tls: await authority.issue(), answer: () => ({ status: 204 }) });
    const sent = request(url, { method: 'POST', ca: authority.ca, agent: false }).end('x');
    const [response] = await once(sent, 'response');
    response.resume();
    expect(response.statusCode).toBe(204);
  });
});
