import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createEgressGuard, type EgressOptions } from './egress-guard.ts';
import type { UrlProblem } from './url-check.ts';

const check = (url: string, allowHttp = false, options: EgressOptions = {}) =>
  createEgressGuard(options).checkUrl(url, { https: 'production', allowHttp });

const refused: readonly (readonly [row: number, url: string, code: UrlProblem])[] = [
  [1, 'http://example.com/', 'scheme'],
  [2, 'ftp://example.com/', 'scheme'],
  [2, 'file:///etc/passwd', 'scheme'],
  [2, 'gopher://example.com/', 'scheme'],
  [2, 'data:text/plain,x', 'scheme'],
  [2, 'javascript:alert(1)', 'scheme'],
  [3, 'https://127.0.0.1/', 'address'],
  [3, 'https://[::1]/', 'address'],
  [3, 'https://localhost/', 'host'],
  [3, 'https://localhost./', 'host'],
  [3, 'https://LOCALHOST/', 'host'],
  [3, 'https://x.localhost/', 'host'],
  [4, 'https://2130706433/', 'address'],
  [4, 'https://0177.0.0.1/', 'address'],
  [4, 'https://0x7f.1/', 'address'],
  [4, 'https://127.1/', 'address'],
  [4, 'https://0/', 'address'],
  [4, 'https://127.0.0.1./', 'address'],
  [5, 'https://①②⑦.⓪.⓪.①/', 'address'],
  [5, 'https://１２７.０.０.１/', 'address'],
  [5, 'https://127。0。0。1/', 'address'],
  [5, 'https://%31%32%37.0.0.1/', 'address'],
  [6, 'https://[::ffff:127.0.0.1]/', 'address'],
  [6, 'https://[::ffff:a9fe:a9fe]/', 'address'],
  [7, 'https://[::127.0.0.1]/', 'address'],
  [7, 'https://[64:ff9b::7f00:1]/', 'address'],
  [7, 'https://[2002:7f00:1::]/', 'address'],
  [7, 'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', 'address'],
  [7, 'https://[fec0::1]/', 'address'],
  [8, 'https://169.254.169.254/latest/meta-data', 'address'],
  [8, 'https://[fd00:ec2::254]/', 'address'],
  [8, 'https://metadata.google.internal/', 'host'],
  [8, 'https://168.63.129.16/', 'address'],
  [8, 'https://100.100.100.200/', 'address'],
  [16, 'https://example.com:0/', 'port'],
  [16, 'https://example.com:22/', 'port'],
  [16, 'https://example.com:25/', 'port'],
  [16, 'https://example.com:5432/', 'port'],
  [16, 'https://example.com:6379/', 'port'],
  [16, 'https://example.com:9092/', 'port'],
  [16, 'https://example.com:80/', 'port'],
  [17, 'https://example.com:65536/', 'not_a_url'],
  [17, 'https://[fe80::1%25lo]/', 'not_a_url'],
  [17, 'https://[fe80::1%lo]/', 'not_a_url'],
  [18, 'https://user:pw@example.com/', 'userinfo'],
  [18, 'https://@example.com/', 'userinfo'],
  [19, 'https://good.example.com\\@evil.example.com/', 'characters'],
  [19, 'https://a@b@example.com/', 'userinfo'],
  [19, 'https:example.com', 'not_a_url'],
  [19, 'https:///example.com', 'not_a_url'],
  [19, ' https://example.com/', 'characters'],
  [20, 'https://example.com/\r\nX: y', 'characters'],
  [20, 'https://exa\tmple.com/', 'characters'],
  [20, 'https://example.com/\0', 'characters'],
  [20, `https://example.com/${'a'.repeat(10_000)}`, 'too_long'],
  [20, 'https://example.com/#fragment', 'fragment'],
  [20, 'https://example.com/#', 'fragment'],
  [20, 'https://intranet/', 'host'],
  [20, 'https://printer.local/', 'host'],
  [20, 'https://a..example.com/', 'host'],
  [20, '', 'not_a_url'],
  [20, 'example.com', 'not_a_url'],
];

describe('a URL at save', () => {
  it.each(refused)('(row %d) %j is refused: %s', (_row, url, code) => {
    const result = check(url);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok ? '' : result.detail).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://EXAMPLE.com:443/Hooks?a=B', 'https://example.com/Hooks?a=B'],
    ['https://example.com./x', 'https://example.com/x'],
    ['https://example.com:8443/x', 'https://example.com:8443/x'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://ｅxample.com/', 'https://example.com/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://example.com/a/../b', 'https://example.com/b'],
    ['https://does-not-resolve.invalid/', 'https://does-not-resolve.invalid/'],
    ['https://example.com/users/@me', 'https://example.com/users/@me'],
  ])('%s is accepted as %s', (url, canonical) => {
    expect(check(url)).toEqual({ ok: true, url: canonical });
  });

  it('may be http only where contract and installation both allow it, then on 80 and 8080 too', () => {
    expect(check('http://example.com/', true).ok).toBe(true);
    expect(check('http://example.com:8080/', true).ok).toBe(true);
    expect(check('http://example.com:81/', true)).toMatchObject({ code: 'port' });
    const always = createEgressGuard({}).checkUrl('http://example.com/', {
      https: 'always',
      allowHttp: true,
    });
    expect(always).toMatchObject({ code: 'scheme' });
  });

  it('may lead to an allowed network on any port but 0, and to nothing beside it', () => {
    const options = { allow: ['127.0.0.0/8', 'fd00::/8'] };
    expect(check('http://127.0.0.1:34567/x', true, options)).toEqual({
      ok: true,
      url: 'http://127.0.0.1:34567/x',
    });
    expect(check('https://[fd00::1]:9/', false, options).ok).toBe(true);
    expect(check('https://127.0.0.1:0/', false, options)).toMatchObject({ code: 'port' });
    expect(check('https://10.0.0.1/', false, options)).toMatchObject({ code: 'address' });
    expect(check('https://localhost/', false, options)).toMatchObject({ code: 'host' });
  });

  it('may name a private host that the installation lists, by name or suffix', () => {
    const options = { privateHosts: ['receiver', '.corp.internal'] };
    expect(check('https://receiver:3000/', false, options).ok).toBe(true);
    expect(check('https://a.corp.internal/', false, options).ok).toBe(true);
    expect(check('https://other/', false, options)).toMatchObject({ code: 'host' });
    expect(check('https://evilcorp.internal/', false, options)).toMatchObject({ code: 'host' });
  });

  it('must not lead to an address of the installation itself', () => {
    expect(check('https://8.8.4.4/', false, { deny: ['8.8.4.0/24'] })).toMatchObject({ code: 'address' });
  });

  it('is stable once canonical: checking it again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })),
        (text) => {
          const first = check(text, true, { ports: 'any' });
          if (first.ok) expect(check(first.url, true, { ports: 'any' })).toEqual(first);
        },
      ),
    );
  });
});

const lookUp = (options: EgressOptions, all = true) =>
  new Promise<unknown>((resolve, reject) => {
    createEgressGuard(options).lookup('host.example', { all }, (error, address) =>
      error === null ? resolve(address) : reject(error),
    );
  });
const v4 = (address: string) => ({ address, family: 4 as const });
const v6 = (address: string) => ({ address, family: 6 as const });

describe('a name at connect', () => {
  it('leads to its public addresses', async () => {
    const resolve = () => Promise.resolve([v4('8.8.8.8'), v6('2606:4700::1')]);
    expect(await lookUp({ resolve })).toEqual([v4('8.8.8.8'), v6('2606:4700::1')]);
    expect(await lookUp({ resolve }, false)).toBe('8.8.8.8');
  });

  it.each([
    ['(row 9) its address is private', [v4('10.0.0.1')]],
    ['(row 10) one of its addresses is private', [v4('8.8.8.8'), v4('127.0.0.1')]],
    ['(row 12) its other family is private', [v4('8.8.8.8'), v6('::1')]],
  ])('leads nowhere when %s', async (_case, addresses) => {
    await expect(lookUp({ resolve: () => Promise.resolve(addresses) })).rejects.toMatchObject({
      name: 'BlockedAddress',
    });
  });

  it('(row 13) that does not resolve says so', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ESERVFAIL' }));
    await expect(lookUp({ resolve })).rejects.toMatchObject({ name: 'UnresolvedHost' });
    await expect(lookUp({ resolve: () => Promise.resolve([]) })).rejects.toMatchObject({
      name: 'UnresolvedHost',
    });
  });
});
