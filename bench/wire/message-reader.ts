const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * Cuts a byte stream of HTTP/1.1 messages with Content-Length into messages. The benchmarks' own peers speak no more of
 * HTTP than this, so that on two cores the engine is what is measured.
 */
export class MessageReader {
  readonly #onMessage: (head: string, body: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(onMessage: (head: string, body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  push(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const headEnd = bytes.indexOf(END_OF_HEAD);
      if (headEnd < 0) break;
      const head = bytes.toString('latin1', 0, headEnd);
      const [, length = '0'] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
      const end = headEnd + END_OF_HEAD.length + Number(length);
      if (bytes.length < end) break;
      this.#onMessage(head, bytes.subarray(headEnd + END_OF_HEAD.length, end));
      bytes = bytes.subarray(end);
    }
    this.#rest = bytes;
  }
}
