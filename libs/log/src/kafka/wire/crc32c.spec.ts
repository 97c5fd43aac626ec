import { describe, expect, it } from '@jest/globals';
import { crc32c } from './crc32c.ts';

describe('crc32c', () => {
  it.each([
    ['', 0],
    ['a', 0xc1d04330],
    ['123456789', 0xe3069283],
    ['The quick brown fox jumps over the lazy dog', 0x22620404],
  ])('of %j is that of the published vectors', (text, sum) => {
    expect(crc32c(Buffer.from(text))).toBe(sum);
  });

  it('takes a piece of the bytes, wherever it begins', () => {
    const bytes = Buffer.from('..123456789..');
    expect(crc32c(bytes, 2, 11)).toBe(0xe3069283);
  });
});
