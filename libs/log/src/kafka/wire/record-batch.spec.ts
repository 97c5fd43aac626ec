import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storedBatch } from '../../../fixtures/stored-batch.ts';
import type { NewRecord } from '../../port/record.ts';
import { HeaderMemory } from './header-memory.ts';
import { readRecordSet } from './record-set.ts';

const inside = createRequire(import.meta.url);
const Decoder = inside('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => object;
const decodeBatch = inside('kafkajs/src/protocol/recordBatch/v0/decoder.js') as (from: object) => Promise<{
  records: { key: Buffer | null; value: Buffer | null; headers: Record<string, Buffer>; offset: string }[];
}>;

const text = fc.oneof(fc.string({ maxLength: 90 }), fc.string({ unit: 'grapheme', maxLength: 40 }));
const record = fc.record({
  topic: fc.constant('events' as const),
  partition: fc.constant(3),
  key: fc.option(text),
  headers: fc.dictionary(
    text.filter((name) => name !== '__proto__'),
    text,
    { maxKeys: 8, noNullPrototype: true },
  ),
  value: fc.uint8Array({ maxLength: 9_000 }),
}) satisfies fc.Arbitrary<NewRecord>;

const place = (from: number) => ({ topic: 'events', partition: 3, from }) as const;

const wellFormed = (given: string | null) => (given === null ? null : given.toWellFormed());

describe('a record batch', () => {
  it('is read back as it was written, whatever is in it', async () => {
    const memory = new HeaderMemory();
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        async (records, offset) => {
          const { records: read, next } = await readRecordSet(
            storedBatch(records, offset, 77),
            place(offset),
            memory,
          );
          expect(next).toBe(offset + records.length);
          expect(read.map(({ value, ...rest }) => ({ ...rest, value: [...value] }))).toEqual(
            records.map((one, at) => ({
              ...one,
              key: wellFormed(one.key),
              headers: Object.fromEntries(
                Object.entries(one.headers).map((pair) => pair.map((given) => given.toWellFormed())),
              ),
              value: [...one.value],
              offset: offset + at,
              appendedAt: 77,
            })),
          );
        },
      ),
    );
  });

  it('is what kafkajs reads, too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
        const { records: read } = await decodeBatch(new Decoder(storedBatch(records, 7, 77)));
        expect(read.map(({ offset }) => offset)).toEqual(records.map((_, at) => String(7 + at)));
        for (const [at, { key, value, headers }] of read.entries()) {
          const { [at]: one } = records;
          expect(key?.toString() ?? null).toEqual(wellFormed(one?.key ?? null));
          expect([...(value ?? [])]).toEqual([...(one?.value ?? [])]);
          expect(Object.keys(headers)).toHaveLength(Object.keys(one?.headers ?? {}).length);
        }
      }),
    );
  });

  const one: NewRecord = {
    topic: 'events',
    partition: 3,
    key: 'k',
    headers: { a: 'b' },
    value: Buffer.from('v'),
  };

  it('is passed over as far as it lies below what was asked for', async () => {
    const { records, next } = await readRecordSet(
      storedBatch([one, one, one], 10, 1),
      place(12),
      new HeaderMemory(),
    );
    expect(records.map(({ offset }) => offset)).toEqual([12]);
    expect(next).toBe(13);
  });

  it('is left for the next time where the answer was cut in the middle of it', async () => {
    const set = Buffer.concat([storedBatch([one], 0, 1), storedBatch([one, one], 1, 1)]);
    const cut = await readRecordSet(set.subarray(0, set.length - 1), place(0), new HeaderMemory());
    expect(cut.records).toHaveLength(1);
    expect(cut.next).toBe(1);
  });

  it('of a transaction’s end is not for readers, but moves them on', async () => {
    const control = storedBatch([one], 5, 1);
    control.writeInt16BE(0x28, 21);
    const { records, next } = await readRecordSet(control, place(5), new HeaderMemory());
    expect(records).toEqual([]);
    expect(next).toBe(6);
  });

  it('that others packed by gzip is unpacked; one packed by what is not there says so', async () => {
    const plain = storedBatch([one, one], 0, 1);
    const { gzipSync } = await import('node:zlib');
    const packed = Buffer.concat([plain.subarray(0, 61), gzipSync(plain.subarray(61))]);
    packed.writeInt32BE(packed.length - 12, 8);
    packed.writeInt16BE(9, 21);
    const { records } = await readRecordSet(packed, place(0), new HeaderMemory());
    expect(records.map(({ headers }) => headers)).toEqual([{ a: 'b' }, { a: 'b' }]);
    packed.writeInt16BE(15, 21);
    await expect(readRecordSet(packed, place(0), new HeaderMemory())).rejects.toMatchObject({
      message: expect.stringContaining('unknown codec 7'),
    });
  });

  it('of an impossible length is refused, not read for ever', async () => {
    const set = storedBatch([one], 0, 1);
    set.writeInt32BE(-12, 8);
    await expect(readRecordSet(set, place(0), new HeaderMemory())).rejects.toMatchObject({
      code: 'log_unavailable',
    });
  });

  it('of a format before headers is refused with what to change', async () => {
    const old = storedBatch([one], 0, 1);
    old.writeInt8(1, 16);
    await expect(readRecordSet(old, place(0), new HeaderMemory())).rejects.toMatchObject({
      code: 'log_closed',
    });
  });
});
