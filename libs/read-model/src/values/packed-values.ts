import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The value of one record of the log. */
export interface RecordValue {
  readonly offset: number;
  readonly value: Uint8Array;
}

/** The ways in which values were ever packed; numbers never change their meaning. */
export const packings = {
  /** One value, as it is: that of the row's first offset. */
  plain: 0,
  /** A count, then for each value how far its offset is above the first, and its length (32 bits each), then the values. */
  zstd: 1,
} as const;

const INDEX_BYTES = 8;
const COUNT_BYTES = 4;
/** The fastest: values next to each other are so much alike that more effort gains little. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** In the order of their offsets, one at least. */
export function packed(values: readonly RecordValue[]): Buffer {
  const first = values[0]?.offset ?? 0;
  const head = Buffer.allocUnsafe(COUNT_BYTES + INDEX_BYTES * values.length);
  head.writeUInt32BE(values.length, 0);
  for (const [index, { offset, value }] of values.entries()) {
    head.writeUInt32BE(offset - first, COUNT_BYTES + INDEX_BYTES * index);
    head.writeUInt32BE(value.byteLength, COUNT_BYTES + INDEX_BYTES * index + 4);
  }
  return zstdCompressSync(Buffer.concat([head, ...values.map(({ value }) => value)]), LEVEL);
}

/** Throws where a newer release packed them, or the bytes are damaged. */
export function unpacked(packing: number, firstOffset: number, bytes: Uint8Array): readonly RecordValue[] {
  if (packing === packings.plain) return [{ offset: firstOffset, value: bytes }];
  if (packing !== packings.zstd)
    throw new Error(`values packed in way ${packing}: written by a newer release`);
  const all = zstdDecompressSync(bytes);
  const count = all.readUInt32BE(0);
  const values: RecordValue[] = [];
  let at = COUNT_BYTES + INDEX_BYTES * count;
  for (let index = 0; index < count; index += 1) {
    const offset = firstOffset + all.readUInt32BE(COUNT_BYTES + INDEX_BYTES * index);
    const length = all.readUInt32BE(COUNT_BYTES + INDEX_BYTES * index + 4);
    values.push({ offset, value: all.subarray(at, at + length) });
    at += length;
  }
  return values;
}
