import { isTierName, type TierName } from '#domain';
import type { Headers } from '../port/record.ts';
import { Unreadable } from './encoded.ts';
import { traceparentIn } from './traceparent.ts';

const decimal = /^(?:0|[1-9]\d{0,15})$/;

interface Traced {
  readonly traceparent?: string;
}

const untraced: Traced = {};

/** Epoch ms up to the year 2286: what a clock can have said. */
export const MAX_TIME = 9_999_999_999_999;
/** The longest list is a day of 2-hour hops and the tiers below them. */
const MAX_HOPS = 64;
const MAX_TEXT = 1_024;

/**
 * Reads engine fields from headers, trusting none: a due time of the year 9999 or attempt 10^300 would stall a
 * partition for everybody. Each method throws {@link Unreadable} naming the header.
 */
export class HeaderReader {
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
  }

  text(name: string, maxLength = MAX_TEXT): string {
    const text = this.#headers[name];
    if (text === undefined || text === '') throw new Unreadable(`header ${name} is missing`);
    if (text.length > maxLength)
      throw new Unreadable(`header ${name} is longer than ${maxLength} characters`);
    return text;
  }

  has(name: string): boolean {
    return this.#headers[name] !== undefined;
  }

  /** Made of nothing where nobody traces: the same empty object for all. */
  trace(): Traced {
    const text = this.#headers['traceparent'];
    if (text === undefined) return untraced;
    const traceparent = traceparentIn(text);
    return traceparent === undefined ? untraced : { traceparent };
  }

  integer(name: string, min: number, max: number): number {
    const text = this.#headers[name];
    if (text === undefined) throw new Unreadable(`header ${name} is missing`);
    if (!decimal.test(text)) throw new Unreadable(`header ${name} is not a decimal number`);
    const number = Number(text);
    if (number < min || number > max) throw new Unreadable(`header ${name} is not within ${min} to ${max}`);
    return number;
  }

  /** An offset, or a position in `control`. */
  position(name: string): number {
    return this.integer(name, 0, Number.MAX_SAFE_INTEGER);
  }

  /** Epoch ms. */
  time(name: string): number {
    return this.integer(name, 0, MAX_TIME);
  }

  boolean(name: string): boolean {
    const text = this.text(name);
    if (text !== 'true' && text !== 'false') throw new Unreadable(`header ${name} is neither true nor false`);
    return text === 'true';
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const text = this.text(name);
    const found = allowed.find((one) => one === text);
    if (found === undefined) throw new Unreadable(`header ${name} is none of ${allowed.join(', ')}`);
    return found;
  }

  /** Comma list of tiers; the empty text is the empty list. */
  hops(name: string): readonly TierName[] {
    const text = this.#headers[name];
    if (text === undefined) throw new Unreadable(`header ${name} is missing`);
    if (text === '') return [];
    const names = text.split(',', MAX_HOPS + 1);
    if (names.length > MAX_HOPS) throw new Unreadable(`header ${name} lists more than ${MAX_HOPS} tiers`);
    return names.map((one) => {
      if (!isTierName(one)) throw new Unreadable(`header ${name} names an unknown tier`);
      return one;
    });
  }
}
