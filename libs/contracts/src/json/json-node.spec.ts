import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonOf } from './json-of.ts';
import { scanJson } from './scan-json.ts';

const node = (text: string) => scanJson(Buffer.from(text));

describe('JsonNode', () => {
  it('finds no more items than it is asked for', () => {
    expect(
      node('[1, 2, 3]')
        .items(2)
        .map(({ text }) => text),
    ).toEqual(['1', '2']);
    expect(node('[1]').items(2)).toHaveLength(1);
  });

  it('gives members and items with their text as published, in their order', () => {
    const data = node(' { "10" : 1.50 , "2":[ 1 , {"a":[]} ,"]" ] , "\\u0061" : "x\\"}" } ');
    expect(data.members().map(({ key, value }) => [key, value.kind, value.text])).toEqual([
      ['10', 'number', '1.50'],
      ['2', 'array', '[ 1 , {"a":[]} ,"]" ]'],
      ['a', 'string', '"x\\"}"'],
    ]);
    expect(
      data
        .get('2')
        ?.items()
        .map((item) => item.text),
    ).toEqual(['1', '{"a":[]}', '"]"']);
    expect(Buffer.from(data.members()[2]!.name).toString()).toBe('"\\u0061"');
  });

  it('knows what kind of value it is', () => {
    const kinds = ['{}', '[]', '""', '-1', 'true', 'false', 'null'].map((text) => node(text).kind);
    expect(kinds).toEqual(['object', 'array', 'string', 'number', 'boolean', 'boolean', 'null']);
  });

  it('has no members or items where there are none', () => {
    for (const text of ['{ }', '[ ]', '"{}"', '1']) {
      expect([node(text).members(), node(text).items()]).toEqual([[], []]);
    }
  });

  it('finds the same children as JSON.parse, at any depth', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const parsed = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
        const spaced = node(JSON.stringify(value, null, 2));
        expect(spaced.members().map((member) => [member.key, member.value.value()])).toEqual(
          Object.entries(parsed),
        );
        for (const { value: child } of spaced.members()) {
          expect(Buffer.from(child.compact()).toString()).toBe(JSON.stringify(child.value()));
        }
      }),
    );
  });

  it('can be made from a plain value, and refuses half of a surrogate pair there too', () => {
    expect(jsonOf({ a: [1] }).text).toBe('{"a":[1]}');
    expect(() => jsonOf('\ud800')).toThrow(/surrogate/);
  });
});
