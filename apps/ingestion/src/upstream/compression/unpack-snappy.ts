import { Output } from './output.ts';

/** What Java's clients put around snappy: a magic, two versions, then blocks behind their lengths. */
const magic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER_BYTES = 16;

/** Snappy as Kafka's clients write it, in Java's framing or bare. Throws Error. */
export function unpackSnappy(packed: Buffer, most: number): Buffer {
  if (!packed.subarray(0, magic.length).equals(magic)) return block(packed, new Output(0, most)).take();
  const output = new Output(packed.length * 3, most);
  for (let at = HEADER_BYTES; at < packed.length;) {
    const length = packed.readUInt32BE(at);
    at += 4;
    if (at + length > packed.length) throw new Error('compressed data ends too early');
    block(packed.subarray(at, at + length), output);
    at += length;
  }
  return output.take();
}

function block(packed: Buffer, output: Output): Output {
  let at = 0;
  // The unpacked length; output grows by what really comes.
  while ((packed.readUInt8(at) & 0x80) !== 0) at += 1;
  at += 1;
  while (at < packed.length) {
    const tag = packed.readUInt8(at);
    at += 1;
    const six = tag >>> 2;
    switch (tag & 3) {
      case 0: {
        const more = six < 60 ? 0 : six - 59;
        const length = (more === 0 ? six : packed.readUIntLE(at, more)) + 1;
        output.append(packed, at + more, length);
        at += more + length;
        break;
      }
      case 1:
        output.repeat(((tag >>> 5) << 8) | packed.readUInt8(at), 4 + (six & 7));
        at += 1;
        break;
      case 2:
        output.repeat(packed.readUInt16LE(at), six + 1);
        at += 2;
        break;
      default:
        output.repeat(packed.readUInt32LE(at), six + 1);
        at += 4;
    }
  }
  return output;
}
