/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;
const BYTES_AT_ONCE = 8;

/** Table n gives what a byte does to the sum n bytes further on, so that eight are taken in one step. */
const tables = Array.from({ length: BYTES_AT_ONCE }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte += 1) {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  tableOf(0)[byte] = sum;
}
for (let n = 1; n < BYTES_AT_ONCE; n += 1) {
  for (let byte = 0; byte < 256; byte += 1) {
    const before = tableOf(n - 1)[byte] ?? 0;
    tableOf(n)[byte] = (tableOf(0)[before & 0xff] ?? 0) ^ (before >>> 8);
  }
}

function tableOf(n: number): Int32Array {
  return tables[n] ?? new Int32Array(256);
}

const [t0, t1, t2, t3, t4, t5, t6, t7] = [0, 1, 2, 3, 4, 5, 6, 7].map(tableOf) as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

/** Sum of `bytes` from `from` up to `to`, as Kafka's record batches carry it: 32 bits, unsigned. */
export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let sum = -1;
  let at = from;
  // Inside the bounds there is always a byte; the casts say so once, where a check would be made for each.
  for (const last = to - BYTES_AT_ONCE; at <= last; at += BYTES_AT_ONCE) {
    const low =
      sum ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24));
    sum =
      (t7[low & 0xff] as number) ^
      (t6[(low >>> 8) & 0xff] as number) ^
      (t5[(low >>> 16) & 0xff] as number) ^
      (t4[low >>> 24] as number) ^
      (t3[bytes[at + 4] as number] as number) ^
      (t2[bytes[at + 5] as number] as number) ^
      (t1[bytes[at + 6] as number] as number) ^
      (t0[bytes[at + 7] as number] as number);
  }
  for (; at < to; at += 1) sum = (t0[(sum ^ (bytes[at] as number)) & 0xff] as number) ^ (sum >>> 8);
  return ~sum >>> 0;
}
