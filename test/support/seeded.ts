const FNV_OFFSET = 0x81_1c_9d_c5;
const FNV_PRIME = 0x01_00_01_93;

/** Numbers that are the same for the same seed (mulberry32): whatever a test draws at random, a seed that is printed repeats. */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A generator of its own for one part of a plan: another draw there changes nothing here. */
  static for(seed: number, part: string): Seeded {
    return new Seeded(hashOf(seed, part));
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d_2b_79_f5) | 0;
    return mixed(this.#state);
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.between(0, list.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /** One of the names, each as likely as its weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    return weightedBy(this.next(), entries);
  }
}

/** The same for a number in [0, 1) that was come by otherwise. */
export function weightedBy<Name>(share: number, weights: readonly (readonly [Name, number])[]): Name {
  let left = share * weights.reduce((sum, [, weight]) => sum + weight, 0);
  let last: Name | undefined;
  for (const [name, weight] of weights) {
    if (weight <= 0) continue;
    last = name;
    left -= weight;
    if (left < 0) return name;
  }
  if (last === undefined) throw new Error('nothing has a weight');
  return last;
}

/** FNV-1a over the parts: a whole number of 32 bits. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = FNV_OFFSET;
  for (const letter of parts.join('\u0000')) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), FNV_PRIME);
  }
  return hash >>> 0;
}

/** In [0, 1), the same for the same parts. */
export function shareOf(...parts: readonly (string | number)[]): number {
  return mixed(hashOf(...parts));
}

/** What FNV leaves of regularity between names that differ in one letter is gone after this. */
function mixed(state: number): number {
  let mix = Math.imul(state ^ (state >>> 15), 1 | state);
  mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
  return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
}
