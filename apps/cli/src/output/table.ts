import { cleanText } from '#webhook-http';
import { cutTo, textWidth } from './text-width.ts';

export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => unknown;
}

const GAP = '  ';
/** Below this a column says nothing any more. */
const LEAST = 6;

/**
 * Rows under their heads, no line wider than `width`: the widest columns give way. Values are shown as text of strangers:
 * in one line, and inert.
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], width: number): string {
  const cells = rows.map((row) => columns.map(({ of }) => cell(of(row))));
  const heads = columns.map(({ head }) => head);
  const widths = fitted(
    heads.map((head, at) => Math.max(textWidth(head), ...cells.map((line) => textWidth(line[at] ?? '')))),
    width,
  );
  return [heads, ...cells].map((line) => lineOf(line, widths)).join('\n');
}

/** A name and a value each line. */
export function card(fields: readonly (readonly [name: string, value: unknown])[], width: number): string {
  const names = Math.max(...fields.map(([name]) => name.length));
  const room = Math.max(LEAST, width - names - GAP.length);
  return fields
    .map(([name, value]) => `${name.padEnd(names)}${GAP}${cutTo(cell(value), room)}`.trimEnd())
    .join('\n');
}

export function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(cell).join(', ');
  return cleanText(typeof value === 'string' ? value : JSON.stringify(value), 2_000);
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((text, at) => {
      const cut = cutTo(text, widths[at] ?? 0);
      return cut + ' '.repeat(Math.max(0, (widths[at] ?? 0) - textWidth(cut)));
    })
    .join(GAP)
    .trimEnd();
}

function fitted(wanted: readonly number[], width: number): readonly number[] {
  const widths = [...wanted];
  const room = width - GAP.length * (widths.length - 1);
  while (widths.reduce((sum, each) => sum + each, 0) > room) {
    const widest = Math.max(...widths);
    if (widest <= LEAST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
