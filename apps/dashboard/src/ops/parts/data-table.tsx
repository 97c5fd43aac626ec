import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand under one another by their last digit. */
  readonly numeric?: boolean;
}

/** Rows under headings; on a phone each row becomes a small sheet of its own, with the headings beside what they head. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  /** For who cannot see what stands around it. */
  readonly caption: string;
  /** The first one heads its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  const look = ({ numeric = false }: Column<Row>) => (numeric ? classes.numeric : undefined);
  return (
    // The roles are said outright: a table that is laid out otherwise, as on phones, loses them in some browsers.
    <table className={classes.table} role="table">
      <caption className={classes.caption}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.name} scope="col" role="columnheader" className={look(column)}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column, index) => {
              const Cell = index === 0 ? 'th' : 'td';
              return (
                <Cell
                  key={column.name}
                  {...(index === 0 ? { scope: 'row', role: 'rowheader' } : { role: 'cell' })}
                  className={look(column)}
                  data-label={column.name}
                >
                  <div className={classes.value}>{column.cell(row)}</div>
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
