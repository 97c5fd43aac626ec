import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8 * 1_024;

/**
 * Randomness as good as `randomBytes`, drawn many bytes at a time: each draw costs as much as hashing a small request,
 * however little is drawn. No byte is given out twice.
 */
export function randomPool(): (bytes: number) => Uint8Array {
  let pool = new Uint8Array(0);
  return (bytes) => {
    if (bytes > POOL_BYTES) return randomFillSync(new Uint8Array(bytes));
    if (pool.length < bytes) pool = randomFillSync(new Uint8Array(POOL_BYTES));
    const drawn = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return drawn;
  };
}
