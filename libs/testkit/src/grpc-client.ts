import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Client,
  credentials,
  Metadata,
  type ChannelCredentials,
  type ClientDuplexStream,
  type MethodDefinition,
  type ServiceError,
  type StatusObject,
} from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

/** How one call ended. `code` 0: well. */
export interface Called {
  readonly code: number;
  readonly details: string;
  readonly message: Readonly<Record<string, unknown>>;
  /** Of a stream: all that came. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  /** The problem document of a call that failed, and all of its trailing metadata. */
  readonly problem: Readonly<Record<string, unknown>>;
  readonly trailers: Metadata;
  /** Metadata at the head of the answer. */
  readonly headers: Metadata;
}

export interface CallOptions {
  readonly key?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deadlineMs?: number;
}

export type Duplex = ClientDuplexStream<object, Record<string, unknown>>;

const protos = new URL('../../../proto', import.meta.url).pathname;

/** A client that is made from the published files alone, as anybody's is. */
export class GrpcClient {
  readonly #client: Client;
  readonly #definition: PackageDefinition;
  readonly #key: string | undefined;

  constructor(address: string, key?: string, channel: ChannelCredentials = credentials.createInsecure()) {
    // A channel of its own: others to the same address must not keep this one's connection.
    this.#client = new Client(address, channel, { 'grpc.use_local_subchannel_pool': 1 });
    const folder = join('hyperhook', 'v1');
    const files = readdirSync(join(protos, folder)).map((file) => join(folder, file));
    this.#definition = loadSync(files, {
      includeDirs: [protos],
      keepCase: true,
      longs: Number,
      enums: String,
      defaults: false,
    });
    this.#key = key;
  }

  /** A stream is sent this one message, and read to its end. */
  call(service: string, method: string, request: object = {}, options: CallOptions = {}): Promise<Called> {
    const { path, requestSerialize, responseDeserialize, responseStream } = this.#method(service, method);
    if (responseStream) return this.exchange(service, method, [request], options);
    return new Promise((resolve) => {
      let headers = new Metadata();
      let trailers = new Metadata();
      let found: Pick<Called, 'code' | 'details' | 'message' | 'messages'> | undefined;
      const call = this.#client.makeUnaryRequest(
        path,
        requestSerialize as (value: object) => Buffer,
        responseDeserialize as (bytes: Buffer) => Record<string, unknown>,
        request,
        this.#metadata(options),
        options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs },
        (error: ServiceError | null, message: Record<string, unknown> = {}) => {
          found = { code: error?.code ?? 0, details: error?.details ?? '', message, messages: [message] };
          trailers = error?.metadata ?? trailers;
          // The status comes after the callback where all went well.
          if (error !== null) resolve({ ...found, headers, trailers, problem: problemIn(trailers) });
        },
      );
      call.on('metadata', (metadata: Metadata) => (headers = metadata));
      call.on('status', (status: { readonly metadata: Metadata }) => {
        if (found?.code === 0) resolve({ ...found, headers, trailers: status.metadata, problem: {} });
      });
    });
  }

  /** Sends the messages of a stream, and reads all that comes. */
  async exchange(
    service: string,
    method: string,
    requests: readonly object[],
    options: CallOptions = {},
  ): Promise<Called> {
    const stream = this.stream(service, method, options);
    let headers = new Metadata();
    const messages: Record<string, unknown>[] = [];
    stream.on('metadata', (metadata: Metadata) => (headers = metadata));
    stream.on('data', (message: Record<string, unknown>) => messages.push(message));
    const ended = new Promise<Pick<Called, 'code' | 'details' | 'trailers'>>((resolve) => {
      stream.on('error', () => undefined);
      stream.on('status', ({ code, details, metadata }: StatusObject) =>
        resolve({ code, details, trailers: metadata }),
      );
    });
    for (const request of requests) stream.write(request);
    stream.end();
    const { code, details, trailers } = await ended;
    const message = messages.at(-1) ?? {};
    return { code, details, message, messages, headers, trailers, problem: problemIn(trailers) };
  }

  stream(service: string, method: string, options: CallOptions = {}): Duplex {
    const { path, requestSerialize, responseDeserialize } = this.#method(service, method);
    return this.#client.makeBidiStreamRequest(
      path,
      requestSerialize as (value: object) => Buffer,
      responseDeserialize as (bytes: Buffer) => Record<string, unknown>,
      this.#metadata(options),
      options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs },
    );
  }

  /** Every method of the protocol, as `Service/Method`. */
  get methods(): readonly string[] {
    return Object.entries(this.#definition).flatMap(([name, found]) =>
      'format' in found ? [] : Object.keys(found).map((method) => `${name.split('.').at(-1)}/${method}`),
    );
  }

  /** Ends its connection. */
  close(): void {
    this.#client.close();
  }

  #method(service: string, method: string): MethodDefinition<object, object> {
    const found = this.#definition[`hyperhook.v1.${service}`] as
      Record<string, MethodDefinition<object, object>> | undefined;
    const definition = found?.[method];
    if (definition === undefined) throw new Error(`there is no ${service}/${method}`);
    return definition;
  }

  #metadata({ key = this.#key, metadata: more = {} }: CallOptions): Metadata {
    const metadata = new Metadata();
    if (key !== null && key !== undefined) metadata.set('authorization', `Bearer ${key}`);
    for (const [name, value] of Object.entries(more)) metadata.set(name, value);
    return metadata;
  }
}

function problemIn(trailers: Metadata): Record<string, unknown> {
  const [bytes] = trailers.get('problem-bin');
  return bytes === undefined ? {} : (JSON.parse(bytes.toString()) as Record<string, unknown>);
}
