import { LogError } from '../port/log-error.ts';
import { sizeOf, type LogRecord, type NewRecord } from '../port/record.ts';
import type { SliceCaps } from './feed.ts';

/** What a group or follower gets at once where it asks for nothing else. */
export const DEFAULT_SLICE: SliceCaps = { records: 500, bytes: 1_024 * 1_024 };

/** `max.message.bytes` of every topic (R13). */
export const MAX_RECORD_BYTES = 2 * 1_024 * 1_024;

/** The longest run from `at` on within the caps, at least one record where there is one. */
export function cutSlice(records: readonly LogRecord[], at: number, caps: SliceCaps): readonly LogRecord[] {
  let bytes = 0;
  let to = at;
  for (; to < records.length && to - at < caps.records; to += 1) {
    const record = records[to];
    if (record === undefined) break;
    bytes += sizeOf(record);
    if (bytes > caps.bytes && to > at) break;
  }
  return records.slice(at, to);
}

/** Throws `record_too_large`, naming where it was to go. */
export function refuseTooLarge(record: NewRecord, maxBytes: number, size = sizeOf(record)): void {
  if (size <= maxBytes) return;
  throw new LogError(
    'record_too_large',
    `a record of ${size} bytes for ${record.topic}/${record.partition} is above the limit of ${maxBytes}; send less`,
  );
}
