import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { serverOptions } from '#http-edge';
import { createLogger } from '#platform';
import { addPage } from './add-page.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const SCRIPT = `console.log('page')`;
const HTML =
  '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="/ui/assets/index-Ab12.js"></script>';

describe('the web page', () => {
  let outside: string;
  let folder: string;
  const hosts: Parameters<typeof addPage>[0][] = [];
  let built = '';
  let unbuilt = '';

  const open = async (root: string): Promise<string> => {
    const host = new FastifyAdapter(serverOptions).getInstance<Parameters<typeof addPage>[0]>();
    hosts.push(host);
    await addPage(host, root, createLogger({ name: 'page', level: 'silent' }));
    return host.listen({ port: 0, host: '127.0.0.1' });
  };

  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), 'hyperhook-page-'));
    folder = join(outside, 'dashboard');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(outside, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'index.html'), HTML);
    await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, '.env'), 'secret');
    await writeFile(join(folder, 'assets', 'index-Ab12.js'), SCRIPT);
    await writeFile(join(folder, 'assets', 'index-Ab12.js.br'), brotliCompressSync(SCRIPT));
    built = await open(folder);
    unbuilt = await open(join(outside, 'nothing'));
  });
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await rm(outside, { recursive: true, force: true });
  });

  /** By hand: fetch would tidy paths up before it sends them. */
  const ask = (
    path: string,
    asking: { method?: string; at?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> => {
    const { method = 'GET', at = built, headers = {} } = asking;
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(at);
      const asked = request({ hostname, port, path, method, headers, agent: false }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });
  };

  it('is at /ui/, where / and /ui lead', async () => {
    for (const path of ['/', '/ui', '/ui?tab=1']) {
      const { status, headers } = await ask(path);
      expect([path, status, headers.location]).toEqual([path, 302, '/ui/']);
    }
    const { status, headers, body } = await ask('/ui/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('/ui/assets/index-Ab12.js');
  });

  it('answers every address that is no file with its document, and routes by itself', async () => {
    const paths = ['/ui/operations', '/ui/portal/webhooks/wh_1?status=failed', '/ui/index.html'];
    // Ids that another system gave may have dots.
    for (const path of [...paths, '/ui/portal/endpoints/we_1.old', '/ui/ops/tenants/acme.com']) {
      const { status, body } = await ask(path);
      expect([path, status]).toEqual([path, 200]);
      expect(body).toMatch(/nonce="[^"_]+"/);
    }
  });

  it('gives each answer a nonce of its own, in the document and in the policy alike, and may not be kept', async () => {
    const answers = [await ask('/ui/'), await ask('/ui/')];
    const nonces = answers.map(({ headers, body }) => {
      expect(headers['cache-control']).toBe('no-store');
      expect(body).not.toContain('__CSP_NONCE__');
      const inDocument = [...body.matchAll(/nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
      expect(inDocument).toHaveLength(2);
      const [nonce = ''] = inDocument;
      expect(new Set(inDocument).size).toBe(1);
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
          `connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      );
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('has its headers on everything, also on what it refuses', async () => {
    const paths = ['/ui/', '/ui/assets/index-Ab12.js', '/ui/favicon.svg', '/ui/missing.js', '/ui/.env'];
    const answers = [
      ...(await Promise.all(paths.map((path) => ask(path)))),
      await ask('/ui/', { method: 'POST' }),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'/,
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
    }
  });

  it('lets browsers keep files whose name changes with their content, and ask for the others again', async () => {
    const script = await ask('/ui/assets/index-Ab12.js');
    expect([script.status, script.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(script.headers['content-type']).toMatch(/javascript/);
    const icon = await ask('/ui/favicon.svg');
    expect([icon.headers['cache-control'], icon.headers['content-type']]).toEqual([
      'no-cache',
      'image/svg+xml',
    ]);
    const etag = icon.headers.etag ?? '';
    expect(await ask('/ui/favicon.svg', { headers: { 'if-none-match': etag } })).toMatchObject({
      status: 304,
    });
  });

  it('sends what was compressed at the build to whoever takes it', async () => {
    const { headers } = await ask('/ui/assets/index-Ab12.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(headers['content-type']).toMatch(/javascript/);
    expect((await ask('/ui/assets/index-Ab12.js')).body).toBe(SCRIPT);
  });

  it('says that a file is missing, and lets nobody keep that', async () => {
    for (const path of ['/ui/missing.js', '/ui/assets/index-Old1.js', '/ui/.hidden/x.js', '/ui/assets.d']) {
      const { status, headers, body } = await ask(path);
      expect([path, status, headers['content-type']]).toEqual([path, 404, 'application/problem+json']);
      expect(JSON.parse(body)).toMatchObject({ code: 'not_found', instance: path });
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('shows nothing outside of its folder, however the path is written', async () => {
    const ways = [
      '/ui/../secret.txt',
      '/ui/assets/../../secret.txt',
      '/ui/%2e%2e/secret.txt',
      '/ui/%2e%2e%2fsecret.txt',
      '/ui/..%2fsecret.txt',
      '/ui/..%5csecret.txt',
      '/ui/assets/..%2f..%2fsecret.txt',
      '/ui/%252e%252e%252fsecret.txt',
      `/ui/${join(outside, 'secret.txt')}`,
      `/ui/%2f${join(outside, 'secret.txt')}`,
      '/ui/..%00/secret.txt',
      '/ui/secret.txt%00.js',
      '/ui/%c0%ae%c0%ae/secret.txt',
    ];
    for (const path of ways) {
      const { status, body } = await ask(path);
      expect([path, body.includes('secret\n') || body === 'secret']).toEqual([path, false]);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  });

  it('takes GET and HEAD alone', async () => {
    const head = await ask('/ui/', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
    expect(await ask('/ui/assets/index-Ab12.js', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
    });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const { status, headers, body } = await ask('/ui/', { method });
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
      expect(JSON.parse(body)).toMatchObject({ code: 'method_not_allowed' });
    }
  });

  it('says in plain words that it was not built', async () => {
    const { status, headers, body } = await ask('/ui/', { at: unbuilt });
    expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(body).toContain('npm run build');
    expect((await ask('/ui/assets/index-Ab12.js', { at: unbuilt })).status).toBe(404);
  });
});
