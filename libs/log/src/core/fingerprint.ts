import { randomFillSync } from 'node:crypto';

/** 128 bits that stand for a text, as four words of 32. */
export type Fingerprint = Uint32Array;

/** Different in each process, so that nobody outside can find two texts with one fingerprint. */
const seed = randomFillSync(new Uint32Array(4));

/** Writes the fingerprint of `text` into `into`. Among a million texts, two are alike once in 10^26 processes. */
export function fingerprint(text: string, into: Fingerprint): void {
  let a = seed[0] as number;
  let b = seed[1] as number;
  let c = seed[2] as number;
  let d = seed[3] as number;
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n);
    a = b ^ Math.imul(a ^ code, 0x23896a5b);
    b = c ^ Math.imul(b ^ code, 0xb3d5c5e5);
    c = d ^ Math.imul(c ^ code, 0x9e3779b1);
    d = a ^ Math.imul(d ^ code, 0x85ebca77);
  }
  into[0] = mixed(a ^ text.length, c);
  into[1] = mixed(b, d);
  into[2] = mixed(c, a);
  into[3] = mixed(d, b);
}

/** Every bit of both has a say in every bit of the result. */
function mixed(one: number, other: number): number {
  let word = one ^ Math.imul(other, 0xc2b2ae35);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
