import { safeJson, safeText } from './safe-text.ts';

type Kind = 'text' | 'int' | 'bigint' | 'boolean' | 'jsonb' | 'bytea' | 'uuid' | 'moment' | 'date';

/** One column of a bulk statement: how it is called, and how its value is read off a row. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly kind: Kind;
  readonly of: (row: Row) => unknown;
}

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const sqlType: Readonly<Record<Kind, string>> = {
  text: 'text',
  int: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  jsonb: 'jsonb',
  bytea: 'bytea',
  uuid: 'uuid',
  moment: 'timestamptz',
  date: 'date',
};

/**
 * One INSERT for any number of rows: an array per column, taken apart by unnest. The plan stays the same whatever the
 * size, and there is no limit of parameters. `conflict` is the text after the rows (ON CONFLICT … RETURNING …).
 */
export function bulkInsert<Row>(
  table: string,
  columns: readonly BulkColumn<Row>[],
  rows: readonly Row[],
  conflict: string,
): Statement {
  const names = columns.map((column) => column.name).join(', ');
  const arrays = columns.map((column, index) => `$${index + 1}::${sqlType[column.kind]}[]`).join(', ');
  return {
    sql: `INSERT INTO ${table} AS t (${names}) SELECT * FROM unnest(${arrays}) ${conflict}`,
    parameters: columns.map((column) => rows.map((row) => encoded(column.kind, column.of(row)))),
  };
}

function encoded(kind: Kind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'text':
      return safeText(String(value));
    case 'jsonb':
      return safeJson(value);
    case 'moment':
      // A clock gone mad must not fail the slice: clamp into what both sides can hold.
      return new Date(
        Math.min(Math.max(Number(value), -62_135_596_800_000), 253_402_300_799_999),
      ).toISOString();
    case 'bytea':
      return value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        : null;
    case 'int':
      return Math.trunc(Number(value));
    case 'bigint':
    case 'boolean':
    case 'uuid':
    case 'date':
      return value;
    default:
      throw new Error(`unknown column kind ${String(kind)}`);
  }
}
