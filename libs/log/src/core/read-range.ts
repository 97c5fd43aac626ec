import type { LogRecord } from '../port/record.ts';
import type { PartitionSource } from './feed.ts';
import { DEFAULT_SLICE } from './slices.ts';

/** Slices of [from, to). `to` is at most the end. */
export async function* readRange(
  source: PartitionSource,
  from: number,
  to: number,
): AsyncGenerator<readonly LogRecord[]> {
  for (let at = from; at < to;) {
    const found = await source.slice(at, DEFAULT_SLICE);
    const records = found.filter((record) => record.offset < to);
    const last = records.at(-1);
    if (last === undefined) return;
    yield records;
    at = last.offset + 1;
  }
}
