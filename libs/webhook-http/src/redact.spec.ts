import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, redactHeaders, redactUrl } from './redact.ts';

describe('what logs may show', () => {
  it('of a URL is scheme, host and a hash that tells paths apart', () => {
    const shown = redactUrl('https://example.com:8443/hooks/T0KEN?key=S3CRET');
    expect(shown).toMatch(/^https:\/\/example\.com:8443\/#[\da-f]{8}$/);
    expect(redactUrl('https://example.com:8443/hooks/T0KEN?key=S3CRET')).toBe(shown);
    expect(redactUrl('https://example.com:8443/hooks/T0KEN?key=OTHER')).not.toBe(shown);
    expect(redactUrl('nonsense')).toBe('(not a URL)');
  });

  it('of headers is their names', () => {
    expect(redactHeaders({ Authorization: 'Bearer abc', 'X-A': 'b' })).toEqual({
      Authorization: '…',
      'X-A': '…',
    });
  });

  it.each([
    ['plain text', 'plain text'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;http://evil\u0007link\u001b]8;;\u0007', 'link'],
    ['a\r\nb\tc', 'a b c'],
    ['abc\u202edcb', 'abcdcb'],
    ['nul\u0000bell\u0007', 'nulbell'],
    ['<script>', '<script>'],
  ])('of the text %j is %j', (text, shown) => {
    expect(cleanText(text)).toBe(shown);
  });

  it('never holds a control or format character, nor more than was asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 80 }),
        (text, max) => {
          const shown = cleanText(text, max);
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(shown.length).toBeLessThanOrEqual(max);
        },
      ),
    );
  });
});
