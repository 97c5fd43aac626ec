import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerGatherer } from './answer-gatherer.ts';

const answerOf = (content: Uint8Array): Buffer => {
  const whole = Buffer.alloc(4 + content.length);
  whole.writeInt32BE(content.length);
  whole.set(content, 4);
  return whole;
};

describe('answers', () => {
  it('are whole, in order and each in its own memory, however they were cut on the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        (contents, cuts) => {
          const got: Buffer[] = [];
          const gatherer = new AnswerGatherer((answer) => got.push(answer));
          const sent = Buffer.concat(contents.map(answerOf));
          // One piece of memory for all that is read, as of a socket.
          const read = Buffer.alloc(200);
          for (let at = 0, n = 0; at < sent.length; n += 1) {
            const size = sent.copy(read, 0, at, at + (cuts[n % cuts.length] ?? 1));
            gatherer.take(read.subarray(0, size));
            at += size;
          }
          expect(got).toEqual(contents.map(answerOf));
        },
      ),
    );
  });

  it('longer than a first guess are whole, too', () => {
    const got: Buffer[] = [];
    const gatherer = new AnswerGatherer((answer) => got.push(answer));
    const sent = answerOf(new Uint8Array(40_000_000).fill(7));
    for (let at = 0; at < sent.length; at += 65_536) gatherer.take(sent.subarray(at, at + 65_536));
    expect(got).toHaveLength(1);
    expect(got[0]?.equals(sent)).toBe(true);
  });

  it('take no more memory than a peer has sent, or 16 MiB, whatever length it tells', () => {
    const before = process.memoryUsage().arrayBuffers;
    const gatherer = new AnswerGatherer(() => {});
    gatherer.take(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(17_000_000);
  });
});
