import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '#platform';
import { parseUpstreamFile, readUpstreamFile } from './upstream-file.ts';

const parse = (file: unknown, prefix?: string) =>
  parseUpstreamFile(
    typeof file === 'string' ? file : JSON.stringify(file),
    'up.json',
    prefix === undefined ? {} : { prefix },
  );
const problemsOf = (file: unknown, prefix?: string): readonly string[] => {
  try {
    parse(file, prefix);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const tenant = { value: 'acme' };
const one = (fields: object) => ({ sources: [fields] });

describe('the file that names upstream topics', () => {
  it('gives CloudEvents sources their defaults', () => {
    expect(
      parse(one({ topic: 'crm.leads', format: 'cloudevents', tenant: { header: 'CE_Tenant' } })),
    ).toEqual([
      {
        topic: 'crm.leads',
        format: 'cloudevents',
        from: 'beginning',
        ids: 'as-given',
        tenant: { header: 'ce_tenant' },
      },
    ]);
  });

  it('reads every field of a JSON source', () => {
    const source = {
      topic: 'orders',
      format: 'json',
      from: 'end',
      ids: 'by-source',
      tenant: { field: '/account/id' },
      id: { header: 'x-id' },
      type: { value: 'order.created' },
      occurred_at: { field: '/ts', unit: 'milliseconds' },
      data: { field: '/payload' },
    };
    expect(parse(one(source))).toEqual([
      {
        topic: 'orders',
        format: 'json',
        from: 'end',
        ids: 'by-source',
        tenant: { field: '/account/id' },
        id: { header: 'x-id' },
        type: { value: 'order.created' },
        occurredAt: { at: { field: '/ts' }, unit: 'milliseconds' },
        data: '/payload',
      },
    ]);
  });

  it('takes the whole document as data, and no id and no time, where nothing is said', () => {
    expect(parse(one({ topic: 'a', format: 'json', tenant, type: { field: '/t' } }))).toMatchObject([
      { id: null, occurredAt: null, data: '' },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{"sources": [', 'up.json: is not JSON: expected'],
    ['a key twice', '{"sources": [], "sources": []}', 'the same member name twice'],
    ['a list', [], 'up.json : is []; write an object'],
    ['no sources', {}, 'up.json /sources: must be a list of at least one source'],
    ['an empty list', { sources: [] }, 'up.json /sources: must be a list of at least one source'],
    [
      'an unknown field beside',
      { sources: [{ topic: 'a', format: 'cloudevents', tenant }], source: 1 },
      '/source: no such field; the known ones are sources',
    ],
    ['a source that is text', { sources: ['orders'] }, '/sources/0: is "orders"; write an object'],
    [
      'no topic',
      one({ format: 'cloudevents', tenant }),
      '/sources/0/topic: is missing; name the Kafka topic',
    ],
    [
      'a topic that none can be called',
      one({ topic: 'my topic', format: 'cloudevents', tenant }),
      '/sources/0/topic: my topic is no name of a topic',
    ],
    ['a topic called ..', one({ topic: '..', format: 'cloudevents', tenant }), '.. is no name of a topic'],
    [
      'no format',
      one({ topic: 'a', tenant }),
      '/sources/0/format: is missing; write one of "cloudevents", "json"',
    ],
    [
      'a format that nobody reads',
      one({ topic: 'a', format: 'avro', tenant }),
      '/sources/0/format: is "avro"',
    ],
    [
      'a start that is none',
      one({ topic: 'a', format: 'cloudevents', tenant, from: 'latest' }),
      '/sources/0/from: is "latest"; write one of "beginning", "end"',
    ],
    [
      'no tenant',
      one({ topic: 'a', format: 'cloudevents' }),
      '/sources/0/tenant: is missing; write {"header"',
    ],
    [
      'a tenant from two places',
      one({ topic: 'a', format: 'cloudevents', tenant: { header: 'a', value: 'b' } }),
      '/sources/0/tenant: has more than one of header, field, value',
    ],
    [
      'a tenant from nowhere',
      one({ topic: 'a', format: 'cloudevents', tenant: {} }),
      '/sources/0/tenant: has none of header, field, value',
    ],
    [
      'a tenant that is a number',
      one({ topic: 'a', format: 'cloudevents', tenant: { value: 7 } }),
      '/sources/0/tenant/value: is 7; write 1 to 200 characters',
    ],
    [
      'a pointer without its slash',
      one({ topic: 'a', format: 'cloudevents', tenant: { field: 'account.id' } }),
      '/sources/0/tenant/field: is "account.id"; write a JSON pointer',
    ],
    [
      'a pointer with a bare tilde',
      one({ topic: 'a', format: 'cloudevents', tenant: { field: '/a~b' } }),
      '/sources/0/tenant/field: is "/a~b"; write a JSON pointer',
    ],
    [
      'the whole document as tenant',
      one({ topic: 'a', format: 'cloudevents', tenant: { field: '' } }),
      '/sources/0/tenant/field: is the whole document; point at one value in it',
    ],
    [
      'a mapping of what CloudEvents say themselves',
      one({ topic: 'a', format: 'cloudevents', tenant, type: { value: 'x' } }),
      '/sources/0/type: no such field; the known ones are topic, format, from, tenant, ids',
    ],
    ['JSON without a type', one({ topic: 'a', format: 'json', tenant }), '/sources/0/type: is missing'],
    [
      'a fixed id',
      one({ topic: 'a', format: 'json', tenant, type: { value: 'x' }, id: { value: '1' } }),
      '/sources/0/id/value: no such field; the known ones are header, field',
    ],
    [
      'a unit of time that is none',
      one({
        topic: 'a',
        format: 'json',
        tenant,
        type: { value: 'x' },
        occurred_at: { field: '/t', unit: 'ms' },
      }),
      '/sources/0/occurred_at/unit: is "ms"; write one of "rfc3339", "seconds", "milliseconds"',
    ],
    [
      'data from a header',
      one({ topic: 'a', format: 'json', tenant, type: { value: 'x' }, data: { header: 'x' } }),
      '/sources/0/data/header: no such field; the known ones are field',
    ],
    [
      'a topic twice',
      {
        sources: [
          { topic: 'a', format: 'cloudevents', tenant },
          { topic: 'a', format: 'cloudevents', tenant },
        ],
      },
      '/sources/1/topic: a is read by /sources/0 already; keep one of the two',
    ],
    [
      'a topic of Hyperhook itself',
      one({ topic: 'hyperhook.events', format: 'cloudevents', tenant }),
      '/sources/0/topic: hyperhook.events is a topic of Hyperhook itself',
    ],
  ])('refuses %s, and says where and how to mend it', (_, file, problem) => {
    expect(problemsOf(file).join('\n')).toContain(problem);
  });

  it('knows its own topics behind the prefix of the installation', () => {
    const file = one({ topic: 'eu.quarantine', format: 'cloudevents', tenant });
    expect(problemsOf(file, 'eu.')).toHaveLength(1);
    expect(problemsOf(file)).toEqual([]);
  });

  it('tells all that is wrong at once', () => {
    const file = { sources: [{ topic: 'a b', format: 'x', tenant: {} }, 7] };
    expect(problemsOf(file)).toHaveLength(4);
  });

  it('reads a file, and says which one it cannot read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'upstream-'));
    const path = join(folder, 'upstream.json');
    try {
      expect(() => readUpstreamFile(path)).toThrow(`${path}: cannot be read`);
      writeFileSync(path, JSON.stringify(one({ topic: 'a', format: 'cloudevents', tenant })));
      expect(readUpstreamFile(path)).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
