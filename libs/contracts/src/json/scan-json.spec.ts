import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonError } from './json-error.ts';
import { scanJson } from './scan-json.ts';

function refusal(text: string | Uint8Array): JsonError | undefined {
  try {
    scanJson(Buffer.from(text));
    return undefined;
  } catch (error) {
    // Anything else is a bug, and must not read as a refusal.
    if (error instanceof JsonError) return error;
    throw error;
  }
}
const compact = (text: string) => Buffer.from(scanJson(Buffer.from(text)).compact()).toString();
const pretty = (value: unknown) => ` ${JSON.stringify(value, null, '\t\r\n ')}\n`;
/** Values that JSON text can hold (-0 becomes 0 in text). */
const json = fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('scanJson', () => {
  it('takes any value that JSON.stringify writes, and compacts what it indented', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(compact(pretty(value))).toBe(JSON.stringify(value));
        expect(scanJson(Buffer.from(pretty(value))).value()).toEqual(value);
      }),
    );
  });

  it('refuses every strict prefix of an object or array', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(json), fc.dictionary(fc.string(), json)), (value) => {
        const bytes = Buffer.from(JSON.stringify(value));
        for (let end = 0; end < bytes.length; end += 1) {
          expect(refusal(bytes.subarray(0, end))).toBeInstanceOf(JsonError);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('throws nothing but JsonError, whatever the bytes, and never accepts what JSON.parse refuses', () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(json, fc.array(mutation, { minLength: 1, maxLength: 4 }), (value, mutations) => {
        const bytes = Buffer.from(pretty(value));
        for (const { at, byte } of mutations) bytes[at % bytes.length] = byte;
        const refused = refusal(bytes);
        if (refused === undefined) expect(parses(bytes.toString())).toBe(true);
        else if (refused.code === 'invalid_json') expect(parses(bytes.toString())).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('agrees with JSON.parse on short texts of the characters that JSON is made of', () => {
    const characters = fc.constantFrom(...'{}[],:"\\ \t\n0123456789+-.eEtruefalsn/b'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        const refused = refusal(text);
        const ownRule = refused !== undefined && refused.code !== 'invalid_json';
        if (!ownRule) expect(refused === undefined).toBe(parses(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '',
    ' ',
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '+1',
    'tru',
    'nul',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '[1 2]',
    '"a',
    '"\t"',
    '"\\x"',
    '"\\u12g4"',
    '1 1',
    '{} x',
    'NaN',
    '//',
    '\u00a01',
  ])('refuses %j, as JSON.parse does', (text) => {
    expect(parses(text)).toBe(false);
    expect(refusal(text)?.code).toBe('invalid_json');
  });

  it.each([
    '1e400',
    '-0',
    '9007199254740993',
    '1.10',
    '"\\u00e9\\/"',
    '{"2":1,"1":2}',
    '{"__proto__":{"x":1}}',
  ])('keeps the text of %s', (text) => {
    expect(compact(` ${text} `)).toBe(text);
  });

  it('reads __proto__ and constructor as names like any other', () => {
    const node = scanJson(Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":2}}'));
    expect(node.members().map((member) => member.key)).toEqual(['__proto__', 'constructor']);
    expect(Object.keys(node.value() as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['{"a":1,"a":2}', '/a', 7],
    ['{"x":[{"a":1,"\\u0061":2}]}', '/x/0/a', 13],
    ['{"__proto__":1,"__proto__":2}', '/__proto__', 15],
    ['{"a/b~c":1,"a/b~c":2}', '/a~1b~0c', 11],
  ])('refuses the same name twice: %s', (text, pointer, offset) => {
    expect(refusal(text)).toMatchObject({ code: 'duplicate_key', pointer, offset });
  });

  it('takes equal names in different objects', () => {
    expect(refusal('[{"a":{"a":1}},{"a":2}]')).toBeUndefined();
  });

  it.each([
    '"\\ud800"',
    '"\\udc00"',
    '"\\ud800x"',
    '"\\ud800\\ud800"',
    '"\\ud83d\\u0041"',
    '"\\ud800\\ue000"',
    '{"\\udfff":1}',
  ])('refuses the half of a surrogate pair: %s', (text) => {
    expect(refusal(text)?.code).toBe('lone_surrogate');
  });

  it('takes both halves, and what follows them', () => {
    expect(compact('"\\ud83d\\ude00\\u0041"')).toBe('"\\ud83d\\ude00\\u0041"');
  });

  it.each([
    ['a stray continuation', [0x80], 1],
    ['an overlong slash', [0xc0, 0xaf], 1],
    ['an overlong three bytes', [0xe0, 0x80, 0x80], 1],
    ['a raw surrogate', [0xed, 0xa0, 0x80], 1],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 1],
    ['a cut sequence', [0xc3, 0xa9, 0xe2, 0x82], 3],
  ])('refuses %s and says where', (_, bytes, offset) => {
    const text = Buffer.concat([Buffer.from('"'), Buffer.from(bytes), Buffer.from('"')]);
    expect(refusal(text)).toMatchObject({ code: 'invalid_utf8', offset });
  });

  it('refuses a byte order mark', () => {
    expect(refusal('\ufeff{}')?.message).toMatch(/byte order mark.*byte 0/);
  });

  it('takes 64 levels, refuses 65, and is not overrun by a hundred thousand', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(refusal(nested(64))).toBeUndefined();
    expect(refusal(nested(65))?.code).toBe('too_deep');
    expect(refusal('['.repeat(100_000))?.code).toBe('too_deep');
    expect(refusal('{"a":'.repeat(100_000))?.code).toBe('too_deep');
    expect(refusal(`[${'[[],'.repeat(60)}`)?.code).toBe('invalid_json');
  });

  it('says what, where and how to mend it', () => {
    expect(refusal('{"rows":[1,tru]}')?.message).toBe('expected true, false or null, at byte 11 (/rows/1)');
    expect(refusal('{"a":{"b":"x')).toMatchObject({ pointer: '/a/b', offset: 12 });
    expect(refusal('{"a":{x')).toMatchObject({ pointer: '/a', offset: 6 });
    expect(refusal('[1,2')?.message).toBe(
      'expected , or ] after a value (the text ends here), at byte 4 (/1)',
    );
  });

  it('takes time in proportion to the text', () => {
    const text = (count: number) =>
      Buffer.from(`{${Array.from({ length: count }, (_, n) => `"k${n}":[{},"\\n",1.5]`).join(',')}}`);
    const once = (bytes: Uint8Array) => {
      // Of this thread's own time: what else the machine does is none of it.
      const from = process.threadCpuUsage();
      scanJson(bytes);
      const { user, system } = process.threadCpuUsage(from);
      return (user + system) / 1_000;
    };
    const time = (bytes: Uint8Array) => Math.min(...[1, 2, 3, 4, 5].map(() => once(bytes)));
    // Quadratic would be a hundred times longer.
    expect(time(text(50_000))).toBeLessThan(30 * Math.max(2, time(text(5_000))));
  });
});
