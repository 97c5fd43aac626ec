import type { ServerWritableStream } from '@grpc/grpc-js';
import { closingOf, shuttingDown } from '#grpc-edge';
import { roomToWrite } from './room-to-write.ts';

type Writable = Pick<
  ServerWritableStream<unknown, unknown>,
  'write' | 'on' | 'off' | 'cancelled' | 'destroyed' | 'metadata'
>;

/**
 * Writes messages as fast as the client takes them: no more of them are made than fit on the way. Ends early, without an
 * error, where the client has gone; throws where this process is about to stop.
 */
export async function writeAll(
  call: Writable,
  messages: Iterable<object> | AsyncIterable<object>,
): Promise<void> {
  const closing = closingOf(call.metadata);
  for await (const message of messages) {
    if (call.cancelled) return;
    if (closing.aborted) throw shuttingDown();
    if (!call.write(message)) await roomToWrite(call, closing);
  }
}
