import { cell, card, table, type Column } from './table.ts';
import { inertJson } from './inert.ts';

export const outputs = ['table', 'json', 'quiet'] as const;
export type OutputKind = (typeof outputs)[number];

export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where no terminal says how wide it is. */
const WIDTH = 100;

/** What a command shows: a table for people, JSON for programs, or only ids, for shells. */
export class Output {
  readonly kind: OutputKind;
  readonly #stream: Stream;

  constructor(kind: OutputKind, stream: Stream) {
    this.kind = kind;
    this.#stream = stream;
  }

  get width(): number {
    return this.#stream.columns ?? WIDTH;
  }

  /** Many of one kind. `quiet`: one id a line. */
  rows<Row extends { readonly id: string }>(rows: readonly Row[], columns: readonly Column<Row>[]): void {
    if (this.kind === 'json') return this.line(inertJson(rows));
    if (this.kind === 'quiet') {
      for (const { id } of rows) this.line(cell(id));
      return undefined;
    }
    return this.line(rows.length === 0 ? 'none' : table(columns, rows, this.width));
  }

  /** One thing, `value` as the API gave it. `quiet`: what a shell would go on with, its id unless told otherwise. */
  one(value: object, fields: readonly (readonly [name: string, value: unknown])[], quiet?: unknown): void {
    if (this.kind === 'json') return this.line(inertJson(value));
    if (this.kind === 'quiet') return this.line(cell(quiet ?? (value as { readonly id?: unknown }).id));
    return this.line(card(fields, this.width));
  }

  /** Something was done that has nothing to show. */
  done(what: string, value: object): void {
    if (this.kind === 'json') this.line(inertJson(value));
    else if (this.kind === 'table') this.line(cell(what));
  }

  /** For people only. Values must be inert already. */
  say(text: string): void {
    if (this.kind === 'table') this.line(text);
  }

  line(text: string): void {
    this.#stream.write(`${text}\n`);
  }
}
