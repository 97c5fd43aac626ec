import { BinaryArray, elementTypes, type Kind } from './binary-array.ts';

/** One column of a bulk statement: how it is called, and how its value is read off a row. */
export interface BulkColumn<Row> {
  readonly name: string;
  readonly kind: Kind;
  readonly of: (row: Row) => unknown;
}

/** A statement that is planned once for each connection; `name` says which. */
export interface BulkTable<Row> {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly BulkColumn<Row>[];
}

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: Buffer[];
}

/**
 * One INSERT for any number of rows: an array per column, taken apart by unnest. The plan stays the same whatever the
 * size, and there is no limit of parameters. `conflict` is the text after the rows (ON CONFLICT … RETURNING …).
 */
export function bulkTable<Row>(
  table: string,
  columns: readonly BulkColumn<Row>[],
  conflict: string,
): BulkTable<Row> {
  const names = columns.map((column) => column.name).join(', ');
  const sql = `INSERT INTO ${table} AS t (${names}) SELECT * FROM unnest(${arraysOf(columns)}) ${conflict}`;
  return { name: `write ${table}`, sql, columns };
}

/** The parameters of {@link statementOf}, in the order of the columns, as arrays of their types. */
export function arraysOf<Row>(columns: readonly BulkColumn<Row>[]): string {
  return columns.map(({ kind }, index) => `$${index + 1}::${elementTypes[kind].sql}[]`).join(', ');
}

/** Throws {@link UnusableRow} where a value is not what its column says. */
export function statementOf<Row>({ name, sql, columns }: BulkTable<Row>, rows: readonly Row[]): Statement {
  const values = columns.map((column) => {
    const array = new BinaryArray(column.name, column.kind, rows.length);
    for (const row of rows) array.push(column.of(row));
    return array.finished();
  });
  return { name, text: sql, values };
}
