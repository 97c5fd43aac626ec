import { describe, expect, it } from '@jest/globals';
import { unpackLz4 } from './unpack-lz4.ts';
import { unpackSnappy } from './unpack-snappy.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const MOST = 1_000;
/** By us, or by the buffer that was read beyond its end. */
const refused = /ends too early|repeats what is not there|no LZ4 frame|out of range|outside buffer/;

describe('snappy', () => {
  it('has literals and copies, also of what is just being written', () => {
    // 10 bytes: literal "ab", then 8 bytes from 2 back.
    expect(unpackSnappy(hex('0a 04 6162 11 02'), MOST).toString()).toBe('ababababab');
  });

  it('may come in blocks behind their lengths', () => {
    const framed = hex('82534e4150505900 00000001 00000001 00000003 01 00 61 00000003 01 00 62');
    expect(unpackSnappy(framed, MOST).toString()).toBe('ab');
  });

  it.each([
    ['a literal longer than what is left', '0a 10 61'],
    ['a copy from before the start', '0a 04 6162 11 03'],
    ['a copy from nowhere', '0a 04 6162 11 00'],
    ['a block longer than what is left', '82534e4150505900 00000001 00000001 000000ff 01 00 61'],
    ['a length without end', 'ffffffff'],
  ])('refuses %s', (_, text) => {
    expect(() => unpackSnappy(hex(text), MOST)).toThrow(refused);
  });

  it('unpacks no more than is allowed', () => {
    const bomb = Buffer.concat([hex('ff7f 00 61'), Buffer.alloc(300, hex('fe 01 00'))]);
    expect(() => unpackSnappy(bomb, MOST)).toThrow('unpacks to more than 1000 bytes');
  });
});

describe('LZ4', () => {
  const head = '04224d18 60 40 82';

  it('has literals, matches and blocks that are not packed, in one frame or several', () => {
    const packed = `${head} 07000000 24 6162 0200 10 63 02000080 6465 00000000`;
    expect(unpackLz4(hex(packed), MOST).toString()).toBe('ababababababcde'.slice(2));
    expect(unpackLz4(hex(packed + packed), MOST)).toHaveLength(2 * unpackLz4(hex(packed), MOST).length);
  });

  it.each([
    ['what is no frame', '00000000 00 00 00'],
    ['a frame without its end', `${head} 03000000 20 6162`],
    ['a block longer than what is left', `${head} ff000000 20 6162`],
    ['a match from before the start', `${head} 07000000 24 6162 0900 10 63 00000000`],
  ])('refuses %s', (_, text) => {
    expect(() => unpackLz4(hex(text), MOST)).toThrow(refused);
  });

  it('unpacks no more than is allowed', () => {
    const block = `1f 61 0100 ${'ff'.repeat(20)} 00 10 62`;
    const length = (block.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0');
    expect(() => unpackLz4(hex(`${head} ${length}000000 ${block} 00000000`), MOST)).toThrow('more than 1000');
  });
});
