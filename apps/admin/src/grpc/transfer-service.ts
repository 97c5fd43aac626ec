import {
  Metadata,
  type Server,
  type ServerDuplexStream,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { callerOf, failureOf, headersOf, type GuardedServices, type Protocol } from '#grpc-edge';
import { exportedLines } from '../rest/transfer-line.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { backupControl } from '../use-cases/transfer/backup-control.ts';
import { exportAll } from '../use-cases/transfer/export-all.ts';
import { ImportSession } from './import-session.ts';
import { ImportStream, type ImportMessage } from './import-stream.ts';
import { writeAll } from './paced-writing.ts';

export const TRANSFER_SERVICE = 'TransferService';

type Outgoing = ServerWritableStream<object, object>;

/** Characters, or bytes: far below the 4 MiB that clients take in one message. */
const PART = 64 * 1_024;

/**
 * Moving in and out. Straight on the server of grpc-js: Nest would draw a whole installation into memory before a slow client
 * has taken the first of it.
 */
export class TransferService {
  readonly #admin: AdminContext;
  readonly #guard: Pick<GuardedServices, 'admit' | 'refuse'>;

  constructor(admin: AdminContext, guard: Pick<GuardedServices, 'admit' | 'refuse'>) {
    this.#admin = admin;
    this.#guard = guard;
  }

  addTo(server: Server, protocol: Protocol): void {
    const methods: UntypedServiceImplementation = {
      Import: (call: ServerDuplexStream<ImportMessage, object>) => this.#import(call),
      Export: (call: Outgoing) =>
        void this.#send(call, async () =>
          linesInParts(exportedLines(await exportAll(this.#admin, callerOf(call.metadata)))),
        ),
      Backup: (call: Outgoing) =>
        void this.#send(call, async () =>
          bytesInParts(await backupControl(this.#admin, callerOf(call.metadata))),
        ),
    };
    server.addService(protocol.service(TRANSFER_SERVICE), methods);
  }

  async #send(
    call: Outgoing,
    messages: () => Promise<Iterable<object> | AsyncIterable<object>>,
  ): Promise<void> {
    try {
      await writeAll(call, await messages());
      call.end();
    } catch (error) {
      // As grpc-js wants a stream to be ended with a status.
      if (!call.cancelled) call.emit('error', failureOf(this.#guard.refuse(error, call.getPath())));
    }
  }

  #import(call: ServerDuplexStream<ImportMessage, object>): void {
    const session = new ImportSession(this.#admin);
    let isFirst = true;
    const bring = async (message: ImportMessage, metadata: Metadata): Promise<object> => {
      // The gate has let in the first; a stream outlives no key.
      const caller = isFirst
        ? callerOf(metadata)
        : await this.#guard.admit(headersOf(metadata), new Metadata());
      isFirst = false;
      return session.bring(message, caller);
    };
    new ImportStream(call, { bring, refuse: this.#guard.refuse }).start();
  }
}

function* linesInParts(lines: Iterable<string>): Iterable<object> {
  let part: string[] = [];
  let characters = 0;
  for (const line of lines) {
    part.push(line);
    characters += line.length;
    if (characters < PART) continue;
    yield { lines: part };
    part = [];
    characters = 0;
  }
  yield { lines: part };
}

async function* bytesInParts(texts: AsyncIterable<string>): AsyncIterable<object> {
  for await (const text of texts) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += PART) yield { data: bytes.subarray(at, at + PART) };
  }
}
