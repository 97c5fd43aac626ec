import { expect, it } from '@jest/globals';
import { readHeaders } from './read-headers.ts';

it('reads lines of headers, with or without the request line', () => {
  const text = 'POST /hook HTTP/1.1\r\nHost: x\r\nX-Signature:  sha256=ab:cd \r\n\r\n';
  expect(readHeaders(text, 'h')).toEqual({ host: 'x', 'x-signature': 'sha256=ab:cd' });
  expect(readHeaders('A: 1\nB: 2\na: 3', 'h')).toEqual({ a: '1, 3', b: '2' });
});

it('reads a JSON object', () => {
  expect(readHeaders(' {"Webhook-Timestamp": 12}', 'h')).toEqual({ 'webhook-timestamp': '12' });
});

it('says which line is none', () => {
  expect(() => readHeaders('A: 1\nnonsense', 'h.txt')).toThrow(/h\.txt: line 2 is no header/);
  expect(() => readHeaders('{"a"', 'h.txt')).toThrow(/neither lines of headers nor JSON/);
});
