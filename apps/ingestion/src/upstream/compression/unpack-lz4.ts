import { Output } from './output.ts';

const MAGIC = 0x184d2204;
const UNPACKED = 0x80000000;
const SHORTEST_MATCH = 4;

/** LZ4 frames. Checksums are left alone: Kafka's batches have one of their own. Throws Error. */
export function unpackLz4(packed: Buffer, most: number): Buffer {
  const output = new Output(packed.length * 3, most);
  for (let at = 0; at < packed.length;) at = frame(packed, at, output);
  return output.take();
}

/** Gives where the frame ends. */
function frame(packed: Buffer, start: number, output: Output): number {
  if (packed.readUInt32LE(start) !== MAGIC) throw new Error('compressed data is no LZ4 frame');
  const flags = packed.readUInt8(start + 4);
  const has = (bit: number) => (flags & (1 << bit)) !== 0;
  // Magic, flags, block size and header checksum; content size and dictionary id where there are any.
  let at = start + 7 + (has(3) ? 8 : 0) + (has(0) ? 4 : 0);
  for (;;) {
    const word = packed.readUInt32LE(at);
    at += 4;
    if (word === 0) return at + (has(2) ? 4 : 0);
    const length = word & ~UNPACKED;
    if (at + length > packed.length) throw new Error('compressed data ends too early');
    if (word >= UNPACKED) output.append(packed, at, length);
    else block(packed.subarray(at, at + length), output);
    at += length + (has(4) ? 4 : 0);
  }
}

function block(packed: Buffer, output: Output): void {
  let at = 0;
  /** 15 in the token says that more bytes follow, up to one below 255. */
  const extended = (length: number): number => {
    if (length < 15) return length;
    let sum = length;
    for (;;) {
      const more = packed.readUInt8(at);
      at += 1;
      sum += more;
      if (more < 255) return sum;
    }
  };
  while (at < packed.length) {
    const token = packed.readUInt8(at);
    at += 1;
    const literals = extended(token >>> 4);
    output.append(packed, at, literals);
    at += literals;
    // The last sequence has no match.
    if (at >= packed.length) return;
    const distance = packed.readUInt16LE(at);
    at += 2;
    output.repeat(distance, extended(token & 15) + SHORTEST_MATCH);
  }
}
