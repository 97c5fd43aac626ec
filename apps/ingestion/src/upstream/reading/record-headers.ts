import { isUtf8 } from 'node:buffer';
import type { IHeaders } from 'kafkajs';
import { Unfit } from './unfit.ts';

const MAX_TEXT = 4_096;

/** Headers as their producer wrote them: bytes under names that may come twice. Only what is asked for must make sense. */
export class RecordHeaders {
  readonly #values = new Map<string, (Buffer | string | null)[]>();

  constructor(headers: IHeaders | undefined) {
    for (const [name, given] of Object.entries(headers ?? {})) {
      const key = name.toLowerCase();
      const values = this.#values.get(key) ?? [];
      // A header may have no value at all, which kafkajs gives as null.
      values.push(...(Array.isArray(given) ? given : [given ?? null]));
      this.#values.set(key, values);
    }
  }

  /** As {@link text}, and undefined for what is not one text: for headers that decide nothing. */
  textIfAny(name: string): string | undefined {
    try {
      return this.text(name);
    } catch (error) {
      if (error instanceof Unfit) return undefined;
      throw error;
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** `name` in lower case. Undefined: not there, or empty. Throws {@link Unfit} for what is not one text. */
  text(name: string): string | undefined {
    const values = this.#values.get(name);
    if (values === undefined) return undefined;
    if (values.length > 1) throw new Unfit(`header ${name}: is there ${values.length} times; send it once`);
    const [value] = values;
    if (value === undefined || value === null || value.length === 0) return undefined;
    if (value.length > MAX_TEXT)
      throw new Unfit(`header ${name}: has more than ${MAX_TEXT} bytes; send less`);
    if (typeof value === 'string') return value;
    if (!isUtf8(value)) throw new Unfit(`header ${name}: is not UTF-8; encode the text as UTF-8`);
    return value.toString('utf8');
  }
}
