import { request, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly json: unknown;
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as they are; null: the head only, with whatever length it declares. */
  readonly body: Uint8Array | string | null;
  /** In pieces without a declared length. */
  readonly chunked?: boolean;
}

/** One request over a connection of its own, byte for byte. */
export function rawRequest(port: number, options: RawRequest): Promise<RawAnswer> {
  const { method = 'POST', path = '/api/v1/events', headers = {}, body } = options;
  const length =
    body === null || options.chunked === true ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, method, path, agent: false, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const json: unknown = text === '' ? undefined : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
          sending.destroy();
        });
      },
    );
    sending.on('error', reject);
    if (body === null) sending.flushHeaders();
    else if (options.chunked === true) {
      const bytes = Buffer.from(body);
      const half = bytes.length >> 1;
      sending.write(bytes.subarray(0, half));
      sending.end(bytes.subarray(half));
    } else sending.end(body);
  });
}
