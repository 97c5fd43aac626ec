import type { Stream } from './output.ts';

/** One line of a terminal that is written over again and again; where there is no terminal, nothing. */
export class PassingLine {
  readonly #stream: Stream;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (this.#stream.isTTY === true) this.#stream.write(`\r\u001B[K${text}`);
  }

  clear(): void {
    this.show('');
  }
}
