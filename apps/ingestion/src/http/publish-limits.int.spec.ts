import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent, request } from 'node:http';
import 'reflect-metadata';
import { StartedIngestion } from '../testing/started-ingestion.ts';

const MAX = 1_000;

describe('the largest body', () => {
  let app: StartedIngestion;
  beforeAll(async () => {
    app = await StartedIngestion.start({ config: { maxBodyBytes: MAX } });
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
  });

  const bodyOf = (length: number) => '{"type":"a.b"}'.padEnd(length, ' ');
  const tooLarge = { status: 413, json: { code: 'body_too_large' } };

  it.each([false, true])('is accepted, and one byte more is not (chunked: %p)', async (chunked) => {
    expect((await app.publish(bodyOf(MAX), { chunked })).status).toBe(202);
    expect(await app.publish(bodyOf(MAX + 1), { chunked })).toMatchObject(tooLarge);
  });

  it('leaves the connection usable after a body that was a little too large', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (length: number) =>
      new Promise<{ status: number | undefined; port: number | undefined }>((resolve, reject) => {
        const body = bodyOf(length);
        const headers = {
          authorization: 'Bearer acme',
          'content-type': 'application/json',
          'content-length': body.length,
        };
        const options = { port: app.port, method: 'POST', path: '/api/v1/events', agent, headers };
        const sending = request(options, (response) => {
          const port = response.socket.localPort;
          response.resume().on('end', () => resolve({ status: response.statusCode, port }));
        });
        sending.on('error', reject).end(body);
      });
    const refused = await send(MAX + 1);
    const accepted = await send(MAX);
    expect([refused.status, accepted.status]).toEqual([413, 202]);
    expect(accepted.port).toBe(refused.port);
    agent.destroy();
  });

  it('cuts off a sender that never ends, and keeps nothing of it', async () => {
    const chunk = Buffer.alloc(65_536, ' ');
    let sent = 0;
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { authorization: 'Bearer acme', 'content-type': 'application/json' };
      const options = { port: app.port, method: 'POST', path: '/api/v1/events', agent: false, headers };
      const sending = request(options, (response) => {
        resolve(response.statusCode);
        response.resume();
      });
      const flood = () => {
        while (!sending.destroyed && sending.write(chunk)) sent += chunk.length;
      };
      // The reset may overtake the answer; either way the flood has an end.
      sending.on('error', () => resolve(undefined)).on('drain', flood);
      flood();
    });
    expect([413, undefined]).toContain(status);
    expect(sent).toBeLessThan(100 * 1_024 * 1_024);
    expect(await app.metrics.text()).toContain('hyperhook_accept_bytes_in_flight 0');
    expect((await app.publish(bodyOf(MAX))).status).toBe(202);
  });
});
