/** One message of `text/event-stream`. */
export interface StreamMessage {
  readonly event: string;
  readonly data: unknown;
}

/** A reader of server-sent events as a page is one: by fetch, because EventSource sends no key. */
export class EventStream {
  readonly status: number;
  readonly headers: Headers;
  readonly messages: StreamMessage[] = [];
  /** Lines that begin with a colon. */
  comments = 0;
  retryMs: number | undefined;
  isEnded = false;
  readonly #abort: AbortController;

  private constructor(response: Response, abort: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.#abort = abort;
    void this.#read(response.body).finally(() => (this.isEnded = true));
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<EventStream> {
    const abort = new AbortController();
    return new EventStream(await fetch(url, { headers, signal: abort.signal }), abort);
  }

  of(event: string): readonly unknown[] {
    return this.messages.filter((message) => message.event === event).map(({ data }) => data);
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array> | null): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Closed, by either end.
    }
  }

  #take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments += 1;
      else fields.set(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2));
    }
    const retry = fields.get('retry');
    if (retry !== undefined) this.retryMs = Number(retry);
    const event = fields.get('event');
    if (event !== undefined) this.messages.push({ event, data: JSON.parse(fields.get('data') ?? 'null') });
  }
}
