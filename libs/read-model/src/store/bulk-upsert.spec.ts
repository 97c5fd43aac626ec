import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bulkTable, statementOf, type BulkColumn } from './bulk-upsert.ts';
import { isDataError, UnusableRow } from './data-error.ts';
import { safeJson, safeText } from './safe-text.ts';

const column = (kind: BulkColumn<unknown>['kind']): BulkColumn<unknown> => ({
  name: 'c',
  kind,
  of: (row) => row,
});
const written = (kind: BulkColumn<unknown>['kind'], rows: readonly unknown[]) =>
  statementOf(bulkTable('t', [column(kind)], ''), rows).values[0]!;

describe('a bulk insert', () => {
  it('is one statement with an array per column, whatever the number of rows', () => {
    const rows = Array.from({ length: 1_000 }, (_, n) => n);
    const table = bulkTable('t', [column('int'), column('bigint')], 'ON CONFLICT DO NOTHING');
    const { name, text, values } = statementOf(table, rows);
    expect(name).toBe('write t');
    expect(text).toBe(
      'INSERT INTO t AS t (c, c) SELECT * FROM unnest($1::integer[], $2::bigint[]) ON CONFLICT DO NOTHING',
    );
    expect(values.map((bytes) => bytes.length)).toEqual([20 + 8 * 1_000, 20 + 12 * 1_000]);
  });

  it('refuses values that are not what the column says, as an error about the rows', () => {
    const wrong = [
      ['text', 1],
      ['int', '1'],
      ['int', Number.NaN],
      ['int', 2 ** 31],
      ['smallint', 40_000],
      ['bigint', Infinity],
      ['boolean', 'true'],
      ['moment', 9e15],
      ['moment', -8e15],
      ['moment', '2026'],
      ['bytea', 'text'],
      ['uuid', {}],
      ['uuid', 'no uuid'],
      ['date', 'today'],
    ] as const;
    for (const [kind, value] of wrong) expect(() => written(kind, [value])).toThrow(UnusableRow);
    expect(isDataError(new UnusableRow('x'))).toBe(true);
    expect(isDataError(new Error('connection reset'))).toBe(false);
  });

  it('says of an empty array that it has no dimension', () => {
    expect([...written('int', [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 23]);
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
