import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';

const HEAD_BYTES = 5;

/** One HTTP/2 connection that speaks as little of gRPC as publishing needs, so that the engine is what is measured. */
export class GrpcConnection {
  onError: (error: Error) => void = () => {};
  readonly #session: ClientHttp2Session;
  readonly #key: string;

  constructor(address: string, key: string) {
    this.#session = connect(`http://${address}`);
    this.#session.on('error', (error) => this.onError(error));
    this.#key = key;
  }

  /** One message, one answer; `onAnswer` is told the status of gRPC. */
  unary(path: string, message: Uint8Array, onAnswer: (status: number) => void): void {
    const stream = this.#open(path);
    let status = -1;
    stream.on('trailers', (trailers) => (status = Number(trailers['grpc-status'] ?? -1)));
    stream.on('response', (headers) => (status = Number(headers['grpc-status'] ?? -1)));
    stream.on('data', () => {});
    stream.on('end', () => onAnswer(status));
    stream.end(framed(message));
  }

  /** `onMessage` is told of each message that comes back. */
  stream(
    path: string,
    onMessage: (message: Buffer) => void,
  ): { send(message: Uint8Array): void; end(): void } {
    const stream = this.#open(path);
    let rest: Buffer = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (bytes.length >= HEAD_BYTES) {
        const end = HEAD_BYTES + bytes.readUInt32BE(1);
        if (bytes.length < end) break;
        onMessage(bytes.subarray(HEAD_BYTES, end));
        bytes = bytes.subarray(end);
      }
      rest = bytes;
    });
    return { send: (message) => void stream.write(framed(message)), end: () => void stream.end() };
  }

  close(): void {
    this.#session.destroy();
  }

  #open(path: string): ClientHttp2Stream {
    const stream = this.#session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${this.#key}`,
    });
    stream.on('error', (error) => this.onError(error));
    return stream;
  }
}

function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEAD_BYTES + message.length);
  frame.writeUInt8(0, 0);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, HEAD_BYTES);
  return frame;
}
