import type { FixedValue, Place } from './upstream-source.ts';

const pointerForm = /^(?:\/(?:[^~/]|~[01])*)*$/;
const MAX_TEXT = 200;

type Fields = Readonly<Record<string, unknown>>;

/** Reads one object of the mapping file, and gathers all that is wrong with it: `<path>: <what>; <how to mend it>`. */
export class MappingFields {
  readonly path: string;
  readonly problems: string[];
  readonly #fields: Fields;

  private constructor(path: string, fields: Fields, problems: string[]) {
    this.path = path;
    this.#fields = fields;
    this.problems = problems;
  }

  /** Undefined: told as a problem already. */
  static of(value: unknown, path: string, problems: string[]): MappingFields | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new MappingFields(path, value as Fields, problems);
    }
    problems.push(`${path}: is ${shown(value)}; write an object`);
    return undefined;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  /** Everything else is unknown. */
  allow(names: readonly string[]): void {
    for (const name of Object.keys(this.#fields)) {
      if (!names.includes(name)) this.wrong(name, `no such field; the known ones are ${names.join(', ')}`);
    }
  }

  text(name: string, how: string): string | undefined {
    const value = this.#fields[name];
    if (typeof value === 'string' && value !== '' && value.length <= MAX_TEXT) return value;
    this.wrong(name, value === undefined ? `is missing; ${how}` : `is ${shown(value)}; ${how}`);
    return undefined;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise?: T): T | undefined {
    const value = this.#fields[name];
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = allowed.find((one) => one === value);
    const how = `write one of ${allowed.map((one) => `"${one}"`).join(', ')}`;
    if (found === undefined)
      this.wrong(name, value === undefined ? `is missing; ${how}` : `is ${shown(value)}; ${how}`);
    return found;
  }

  /** `{"header": …}` or `{"field": …}`, and `{"value": …}` where `orFixed`. `more`: other fields it may have. */
  place(name: string, orFixed: false, more?: readonly string[]): Place | undefined;
  place(name: string, orFixed: true): Place | FixedValue | undefined;
  place(name: string, orFixed: boolean, more: readonly string[] = []): Place | FixedValue | undefined {
    const kinds = orFixed ? ['header', 'field', 'value'] : ['header', 'field'];
    const forms = [
      '{"header": "<name>"}',
      '{"field": "/json/pointer"}',
      ...(orFixed ? ['{"value": "<text>"}'] : []),
    ];
    const how = `write ${forms.join(' or ')}`;
    if (!this.has(name)) {
      this.wrong(name, `is missing; ${how}`);
      return undefined;
    }
    const inner = MappingFields.of(this.raw(name), `${this.path}/${name}`, this.problems);
    if (inner === undefined) return undefined;
    inner.allow([...kinds, ...more]);
    const given = kinds.filter((kind) => inner.has(kind));
    if (given.length !== 1) {
      this.wrong(name, `has ${given.length === 0 ? 'none' : 'more than one'} of ${kinds.join(', ')}; ${how}`);
      return undefined;
    }
    if (given[0] === 'field') return inner.#field();
    if (given[0] === 'value') {
      const value = inner.text('value', 'write 1 to 200 characters');
      return value === undefined ? undefined : { value };
    }
    const header = inner.text('header', 'write the name of a header');
    return header === undefined ? undefined : { header: header.toLowerCase() };
  }

  pointer(name: string): string | undefined {
    const value = this.#fields[name];
    if (typeof value === 'string' && value.length <= MAX_TEXT && pointerForm.test(value)) return value;
    this.wrong(
      name,
      `is ${shown(value)}; write a JSON pointer as in RFC 6901, like "/account/id" (a "/" in a name is "~1", a "~" is "~0")`,
    );
    return undefined;
  }

  wrong(name: string, what: string): void {
    this.problems.push(`${this.path}/${name}: ${what}`);
  }

  #field(): Place | undefined {
    const field = this.pointer('field');
    if (field !== '') return field === undefined ? undefined : { field };
    this.wrong('field', 'is the whole document; point at one value in it, like "/account/id"');
    return undefined;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
