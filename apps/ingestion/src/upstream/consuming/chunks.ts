import type { UpstreamMessage } from '../reading/upstream-record.ts';

/** What is accepted together: enough for large appends, little enough to hold in memory for each partition. */
const MAX_RECORDS = 1_000;
const MAX_BYTES = 2 * 1_024 * 1_024;

/** A chunk has at least one record, however large. */
export function* chunksOf<T extends UpstreamMessage>(messages: readonly T[]): Generator<readonly T[]> {
  let chunk: T[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = message.value?.length ?? 0;
    if (chunk.length > 0 && (chunk.length >= MAX_RECORDS || bytes + size > MAX_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
