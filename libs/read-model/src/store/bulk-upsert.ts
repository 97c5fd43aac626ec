import { UnusableRow } from './data-error.ts';
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
    parameters: columns.map((column) => rows.map((row) => encoded(column, column.of(row)))),
  };
}

/** What pg sends for one value. Throws {@link UnusableRow} where the type is a lie (the log is read, not trusted). */
function encoded<Row>({ name, kind }: BulkColumn<Row>, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'jsonb':
      return safeJson(value);
    case 'bytea':
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      break;
    case 'text':
    case 'uuid':
    case 'date':
      if (typeof value === 'string') return safeText(value);
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'int':
    case 'bigint':
      if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
      break;
    case 'moment':
      if (typeof value === 'number' && Math.abs(value) <= 8.64e15) return new Date(value).toISOString();
      break;
    default:
      break;
  }
  throw new UnusableRow(`${name}: ${typeof value} is no ${kind}`);
}
