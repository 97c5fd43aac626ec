/** Columns of the closing table. */
export interface Row {
  readonly contract: string;
  readonly event: string;
  readonly attempts: number;
  readonly waited: string;
  readonly status: string;
  readonly verified: string;
}

const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
const paint = (code: number, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
export const green = (text: string): string => paint(32, text);
export const red = (text: string): string => paint(31, text);
export const yellow = (text: string): string => paint(33, text);
export const dim = (text: string): string => paint(2, text);
export const bold = (text: string): string => paint(1, text);

const statusColour: Readonly<Record<string, (text: string) => string>> = {
  delivered: green,
  failed: red,
  held: yellow,
  pending: yellow,
};
export const statusText = (status: string, width = 0): string =>
  (statusColour[status] ?? ((text: string) => text))(status.padEnd(width));

const BAR = 30;

/** Lines that scroll, and a progress bar that stays below them (on a terminal; elsewhere only lines). */
export class Screen {
  readonly #began = performance.now();
  #done = 0;
  #total = 0;
  #about = '';
  #barShown = false;

  heading(text: string): void {
    this.line('');
    this.line(bold(text));
  }

  line(text: string): void {
    this.#hideBar();
    process.stdout.write(`${text}\n`);
    this.#showBar();
  }

  /** `about`: what follows the count. */
  progress(done: number, total: number, about: string): void {
    if (this.#barShown && done === this.#done && total === this.#total && about === this.#about) return;
    this.#done = done;
    this.#total = total;
    this.#about = about;
    this.#hideBar();
    this.#showBar();
  }

  /** Seconds since the demo began. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1_000;
  }

  stamp(): string {
    return dim(`${this.seconds.toFixed(1).padStart(5)} s`);
  }

  table(rows: readonly Row[]): void {
    const heads: Row = {
      contract: 'contract',
      event: 'event',
      attempts: Number.NaN,
      waited: 'tiers waited',
      status: 'status',
      verified: 'verified by receiver',
    };
    const columns = ['contract', 'event', 'attempts', 'waited', 'status', 'verified'] as const;
    const textOf = (row: Row, column: (typeof columns)[number]): string =>
      row === heads && column === 'attempts' ? 'attempts' : String(row[column]);
    const widths = columns.map((column) =>
      Math.max(...[heads, ...rows].map((row) => textOf(row, column).length)),
    );
    const format = (row: Row): string =>
      columns
        .map((column, at) => {
          const text = textOf(row, column);
          const width = widths[at] ?? 0;
          if (column === 'attempts') return text.padStart(width);
          return column === 'status' && row !== heads ? statusText(text, width) : text.padEnd(width);
        })
        .join('  ')
        .trimEnd();
    this.line(bold(format(heads)));
    this.line(dim(widths.map((width) => '─'.repeat(width)).join('  ')));
    for (const row of rows) this.line(format(row));
  }

  end(): void {
    this.#hideBar();
    this.#total = 0;
  }

  #showBar(): void {
    if (!process.stdout.isTTY || this.#total === 0) return;
    const filled = Math.round((this.#done / this.#total) * BAR);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
    process.stdout.write(`${bar} ${this.#done}/${this.#total} deliveries settled${this.#about}`);
    this.#barShown = true;
  }

  #hideBar(): void {
    if (this.#barShown) process.stdout.write('\r\u001B[K');
    this.#barShown = false;
  }
}
