const encoder = new TextEncoder();
const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** Kafka's murmur2 over the UTF-8 bytes of `text`: a signed 32-bit number, equal to the Java client's. */
export function murmur2(text: string): number {
  const data = encoder.encode(text);
  const length = data.length;
  const view = new DataView(data.buffer, data.byteOffset, length);
  let h = SEED ^ length;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    let k = Math.imul(view.getInt32(i, true), M);
    k = Math.imul(k ^ (k >>> R), M);
    h = Math.imul(h, M) ^ k;
  }
  const left = length - whole;
  if (left === 3) h ^= view.getUint8(whole + 2) << 16;
  if (left >= 2) h ^= view.getUint8(whole + 1) << 8;
  if (left >= 1) h = Math.imul(h ^ view.getUint8(whole), M);
  h = Math.imul(h ^ (h >>> 13), M);
  return h ^ (h >>> 15);
}

/** R1: computed by us, so that it is the same whatever client or log stands below. `partitions` ≥ 1. */
export function partitionOf(tenantId: string, partitions: number): number {
  return (murmur2(tenantId) & 0x7fffffff) % partitions;
}
