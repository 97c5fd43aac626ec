import { describe, expect, it } from '@jest/globals';
import { checkHeaders } from './header-policy.ts';

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`X-Custom-${n}`, 'v']));

describe('a custom header', () => {
  it.each([
    [{}],
    [
      {
        Authorization: 'Bearer abc',
        'X-Api-Key': 'k',
        'X-Team': 'caf\u00e9',
        'X-Tab': 'a\tb',
        'X-Empty': '',
      },
    ],
    [{ 'X-Long': 'v'.repeat(4_096) }],
    [many(20)],
  ])('is accepted when it says nothing that is the engine’s to say: %j', (headers) => {
    expect(checkHeaders(headers)).toBeNull();
  });

  it.each([
    'Host',
    'Connection',
    'Transfer-Encoding',
    'TE',
    'Upgrade',
    'Expect',
    'Cookie',
    'Content-Length',
    'content-type',
    'Proxy-Authorization',
    'Sec-Fetch-Mode',
    'webhook-id',
    'Webhook-Signature',
    'X-Hyperhook-Event',
    'X-Hyperspell-Signature',
    'X-Hypertune-Signature',
    'X-Hyperleap-Delivery-Id',
    'X-HYPRWATCH-SIGNATURE',
    'X-Hub-Signature',
    'X-Forwarded-For',
    '__proto__',
    'Accept-Encoding',
  ])('named %s is refused', (name) => {
    expect(checkHeaders(Object.fromEntries([[name, 'x']]))).toMatchObject({ name });
  });

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'é', '(x)', 'x'.repeat(129)])('cannot be named %j', (name) => {
    expect(checkHeaders({ [name]: 'x' })).toMatchObject({ name });
  });

  it.each(['a\r\nY: b', 'a\nb', 'a\0b', '\u001b[31m', '\u20ac', '\ud83d\ude00', 'v'.repeat(4_097)])(
    'cannot have the value %j',
    (value) => {
      expect(checkHeaders({ 'X-Custom': value })).toMatchObject({ name: 'X-Custom' });
    },
  );

  it('is refused when there are 21, or when two differ in case only', () => {
    expect(checkHeaders(many(21))).toMatchObject({ name: 'X-Custom-20' });
    expect(checkHeaders({ 'X-A': '1', 'x-a': '2' })).toMatchObject({ name: 'x-a' });
  });
});
