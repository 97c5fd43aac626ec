import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bulkInsert, type BulkColumn } from './bulk-upsert.ts';
import { isDataError, UnusableRow } from './data-error.ts';
import { safeJson, safeText } from './safe-text.ts';

const column = (kind: BulkColumn<unknown>['kind']): BulkColumn<unknown> => ({
  name: 'c',
  kind,
  of: (row) => row,
});
const encode = (kind: BulkColumn<unknown>['kind'], value: unknown) =>
  (bulkInsert('t', [column(kind)], [value], '').parameters[0] as unknown[])[0];

describe('a bulk insert', () => {
  it('is one statement with an array per column, whatever the number of rows', () => {
    const rows = Array.from({ length: 1_000 }, (_, n) => n);
    const { sql, parameters } = bulkInsert(
      't',
      [column('int'), column('bigint')],
      rows,
      'ON CONFLICT DO NOTHING',
    );
    expect(sql).toBe(
      'INSERT INTO t AS t (c, c) SELECT * FROM unnest($1::integer[], $2::bigint[]) ON CONFLICT DO NOTHING',
    );
    expect(parameters).toEqual([rows, rows]);
  });

  it('refuses values that are not what the column says, as an error about the rows', () => {
    const wrong = [
      ['text', 1],
      ['int', '1'],
      ['int', Number.NaN],
      ['bigint', Infinity],
      ['boolean', 'true'],
      ['moment', 9e15],
      ['moment', '2026'],
      ['bytea', 'text'],
      ['uuid', {}],
    ] as const;
    for (const [kind, value] of wrong) expect(() => encode(kind, value)).toThrow(UnusableRow);
    expect(isDataError(new UnusableRow('x'))).toBe(true);
    expect(isDataError(new Error('connection reset'))).toBe(false);
  });

  it('passes null for what is absent', () => {
    for (const kind of ['text', 'int', 'moment', 'bytea', 'jsonb'] as const)
      expect(encode(kind, null)).toBeNull();
  });

  it('makes any text and JSON fit for PostgreSQL, and leaves what is fit alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeText(text)).toBe(text.replaceAll('\0', '\uFFFD'));
      }),
    );
    expect(safeText('a\0b\uD800c\u{1F600}')).toBe('a\uFFFDb\uFFFDc\u{1F600}');
    expect(safeJson({ a: ['\uDC00'] })).toBe('{"a":["\uFFFD"]}');
  });
});
