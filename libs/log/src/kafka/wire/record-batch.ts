import type { NewRecord } from '../../port/record.ts';
import { crc32c } from './crc32c.ts';
import type { WireWriter } from './wire-writer.ts';

const MAGIC = 2;
/** Offset and length of a batch, which its length does not count. */
const FRAME = 12;
const NOBODY = -1;

/** What a batch adds to its records, and a record with some 25 headers to its texts and body. More grows. */
export const BATCH_OVERHEAD = 61;
export const RECORD_OVERHEAD = 128;

/**
 * One record batch, version 2, uncompressed, without producer id (R13, R14: what is missing is sent again, copies are
 * known by their ids). `now`: epoch ms; brokers replace it by their own clock.
 */
export function writeRecordBatch(to: WireWriter, records: readonly NewRecord[], now: number): void {
  const start = to.at;
  to.int64(0);
  to.int32(0);
  to.int32(NOBODY);
  to.int8(MAGIC);
  const sum = to.at;
  to.int32(0);
  to.int16(0);
  to.int32(records.length - 1);
  to.int64(now);
  to.int64(now);
  to.int64(NOBODY);
  to.int16(NOBODY);
  to.int32(NOBODY);
  to.int32(records.length);
  for (let n = 0; n < records.length; n += 1) writeRecord(to, records[n] as NewRecord, n);
  to.int32At(start + FRAME - 4, to.at - start - FRAME);
  to.int32At(sum, crc32c(to.bytes, sum + 4));
}

function writeRecord(to: WireWriter, { key, value, headers }: NewRecord, place: number): void {
  // Headers are some hundred bytes; where that is wrong, bytes are moved.
  const guess = value.byteLength + 512;
  to.lengthOf(guess, () => {
    to.int8(0);
    to.varint(0);
    to.varint(place);
    to.varstring(key);
    to.varbytes(value);
    const names = Object.keys(headers);
    to.varint(names.length);
    for (const name of names) {
      to.varstring(name);
      to.varstring(headers[name] ?? '');
    }
  });
}
