import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import 'reflect-metadata';
import { eventually } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';

describe('requests that never reach a route', () => {
  let app: StartedIngestion;
  beforeAll(async () => {
    app = await StartedIngestion.start();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
  });

  /** What the server says to these bytes until it closes. */
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect(app.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        heard += chunk.toString();
      });
      socket.on('error', () => {}).on('close', () => resolve(heard));
    });

  it.each([
    ['nonsense', 'bad_request', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 'headers_too_large', 431],
    [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'bad_request',
      400,
    ],
  ])('are answered with a problem: %#', async (text, code, status) => {
    const heard = await say(`${text}\r\n\r\n`);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(heard.slice(heard.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });

  it('are answered with a problem when their URL cannot be decoded', async () => {
    const heard = await say('GET /%zz?key=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1.1 400 /);
    expect(heard).toContain('application/problem+json');
    expect(heard).toContain('"code":"bad_request"');
  });

  it('are forgotten when they break off in the middle of a body, and nothing is accepted', async () => {
    const head = [
      'POST /api/v1/events HTTP/1.1',
      'Host: x',
      'Authorization: Bearer acme',
      'Content-Type: application/json',
      'Content-Length: 30',
    ];
    const socket = connect(app.port, '127.0.0.1', () =>
      socket.write(`${head.join('\r\n')}\r\n\r\n{"type":"a.b"}`),
    );
    await eventually(async () => {
      expect(await app.metrics.text()).toContain('hyperhook_accept_bytes_in_flight 14');
    });
    socket.destroy();
    await eventually(async () => {
      expect(await app.metrics.text()).toContain('hyperhook_accept_bytes_in_flight 0');
    });
    expect(await app.events()).toEqual([]);
    expect(app.logged.join('')).not.toContain('request.failed');
  });
});
