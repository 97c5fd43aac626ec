import { describe, expect, it } from '@jest/globals';
import { MessageReader } from './message-reader.ts';

describe('the reader of the benchmarks’ peers', () => {
  it('cuts messages that come in pieces, or several at once', () => {
    const bodies: string[] = [];
    const reader = new MessageReader((_, body) => bodies.push(body.toString()));
    const message = (body: string): string =>
      `POST / HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const bytes = Buffer.from(message('one') + message('') + message('three'));
    for (const [from, to] of [
      [0, 10],
      [10, 40],
      [40, bytes.length],
    ]) {
      reader.push(bytes.subarray(from, to));
    }
    expect(bodies).toEqual(['one', '', 'three']);
  });
});
