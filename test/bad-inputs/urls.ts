import { expect } from '@jest/globals';
import type { BadInput } from './world.ts';

/** What people and attackers give as the URL of an endpoint: told at save. */
export const urls: readonly BadInput[] = [
  {
    row: 1,
    input: '`http://` in production',
    expected: '422 at save',
    check: async (world) => {
      await world.urlsRefused(['http://example.com/'], 'scheme');
      const { key } = await world.tenantOf(world.open, 'hyperleap');
      const body = { url: 'http://example.com/' };
      expect((await world.open.call('POST', '/webhooks', body, key)).status).toBe(422);
    },
  },
  {
    row: 2,
    input: 'ftp:, file:, gopher:, data:, javascript:',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        [
          'ftp://example.com/',
          'file:///etc/passwd',
          'gopher://example.com/',
          'data:text/plain,x',
          'javascript:alert(1)',
        ],
        'scheme',
      ),
  },
  {
    row: 3,
    input: 'loopback by address and by name',
    expected: '422, and blocked again at connect',
    check: async (world) => {
      const loopback = ['https://127.0.0.1/', 'https://[::1]/', 'https://localhost/', 'https://localhost./'];
      await world.urlsRefused(loopback, 'address|host');
      for (const url of ['https://127.0.0.2/', 'https://[::1]/']) {
        expect(await world.attempt(url)).toMatchObject({ errorClass: 'blocked_address', status: null });
      }
    },
  },
  {
    row: 4,
    input: 'loopback in decimal, octal, hexadecimal, short',
    expected: 'made canonical, 422',
    check: (world) =>
      world.urlsRefused(
        ['https://2130706433/', 'https://0177.0.0.1/', 'https://0x7f.1/', 'https://127.1/', 'https://0/'],
        'address',
      ),
  },
  {
    row: 5,
    input: 'circled and full-width digits, other dots, percent signs',
    expected: 'made canonical, 422',
    check: (world) =>
      world.urlsRefused(
        [
          'https://①②⑦.⓪.⓪.①/',
          'https://１２７.０.０.１/',
          'https://127。0。0。1/',
          'https://%31%32%37.0.0.1/',
        ],
        'address',
      ),
  },
  {
    row: 6,
    input: 'IPv4 within IPv6',
    expected: '422',
    check: (world) =>
      world.urlsRefused(['https://[::ffff:127.0.0.1]/', 'https://[::ffff:a9fe:a9fe]/'], 'address'),
  },
  {
    row: 7,
    input: 'compatible, NAT64, 6to4, Teredo, site-local',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        [
          'https://[::127.0.0.1]/',
          'https://[64:ff9b::7f00:1]/',
          'https://[2002:7f00:1::]/',
          'https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
          'https://[fec0::1]/',
        ],
        'address',
      ),
  },
  {
    row: 8,
    input: 'metadata of clouds, by address and by name',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        [
          'https://169.254.169.254/latest/meta-data',
          'https://[fd00:ec2::254]/',
          'https://metadata.google.internal/',
          'https://168.63.129.16/',
          'https://100.100.100.200/',
        ],
        'address|host',
      ),
  },
  {
    row: 16,
    input: 'ports 0, 22, 25, 5432, 6379, 9092',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        [0, 22, 25, 5432, 6379, 9092].map((port) => `https://example.com:${port}/`),
        'port',
      ),
  },
  {
    row: 17,
    input: 'port 65536, an IPv6 zone',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        ['https://example.com:65536/', 'https://[fe80::1%25lo]/', 'https://[fe80::1%lo]/'],
        'not_a_url',
      ),
  },
  {
    row: 18,
    input: 'a user name or password',
    expected: '422: it would lie in logs',
    check: (world) =>
      world.urlsRefused(['https://user:pw@example.com/', 'https://@example.com/'], 'userinfo'),
  },
  {
    row: 19,
    input: 'backslash before @, several @',
    expected: 'what is checked is what is shown and connected to',
    check: async (world) => {
      const two = ['https://good.example.com\\@evil.example.com/', 'https://a@b@example.com/'];
      await world.urlsRefused(two, 'characters|userinfo');
      const { key } = await world.tenantOf(world.strict, 'standard-webhooks');
      const body = { url: 'HTTPS://EXAMPLE.com.:443/a/../b' };
      const made = await world.strict.must<{ url: string }>('POST', '/webhooks', body, key);
      expect(made.url).toBe('https://example.com/b');
    },
  },
  {
    row: 20,
    input: 'CR, LF, tab, NUL, 10 kB',
    expected: '422',
    check: (world) =>
      world.urlsRefused(
        [
          'https://example.com/\r\nX: y',
          'https://exa\tmple.com/',
          'https://example.com/\0',
          `https://example.com/${'a'.repeat(10_000)}`,
        ],
        // Longer than any field may be: told before anybody looks at it as a URL.
        'characters|too_long|is_length',
      ),
  },
  {
    row: 42,
    input: 'an event type with CR LF, of 10 kB, an emoji, *',
    expected: '422',
    check: async (world) => {
      const { key } = await world.tenantOf(world.open, 'standard-webhooks');
      for (const type of ['a\r\nb', 'a'.repeat(10_000), '\u{1f600}', '*']) {
        const answer = await world.open.call('POST', '/events', { type, data: {} }, key);
        expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
        expect(await world.refusal({ events: [type] })).toMatch(/^422 \/events/);
      }
    },
  },
  {
    row: 43,
    input: 'custom headers that would break the request, or pass for ours',
    expected: '422',
    check: async (world) => {
      const values = [{ 'x-a': 'a\r\nY: b' }, { 'x-a': 'a\0' }];
      const names = [
        'Host',
        'Transfer-Encoding',
        'Content-Length',
        'X-Hyprwatch-Signature',
        'X-Hyperhook-Hop',
      ];
      for (const headers of [...values, ...names.map((name) => ({ [name]: 'a' }))]) {
        expect(await world.refusal({ headers })).toMatch(/^422 \/headers\/[A-Za-z-]+ invalid_header$/);
      }
    },
  },
  {
    row: 44,
    input: 'secrets of no, one and 10,240 characters, and bad base64',
    expected: '422',
    check: async (world) => {
      for (const secret of ['', 'x', 'x'.repeat(10_240), `whsec_${'*'.repeat(40)}`, 'whsk_AAAA']) {
        expect(await world.refusal({ secret })).toBe('422 /secret invalid_secret');
      }
    },
  },
];
