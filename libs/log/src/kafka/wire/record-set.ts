import kafkajs from 'kafkajs';
import { LogError } from '../../port/log-error.ts';
import type { LogRecord } from '../../port/record.ts';
import type { TopicName } from '../../topics.ts';
import type { HeaderMemory } from './header-memory.ts';
import type { SharedBatches } from './shared-batches.ts';
import { ValueSlab } from './value-slab.ts';
import { WireReader } from './wire-reader.ts';

const MAGIC = 2;
/** From the start of a batch to its first record; its length does not count the first twelve. */
const BATCH_HEAD = 61;
const FRAME = 12;
const CODEC_MASK = 0x07;
const APPEND_TIME_FLAG = 0x08;
const CONTROL_FLAG = 0x20;
const NOTHING = new Uint8Array(0);

export interface Place {
  readonly topic: TopicName;
  readonly partition: number;
  /** Offset asked for. */
  readonly from: number;
}

export interface Fetched {
  /** From the offset asked for on, in order. */
  readonly records: readonly LogRecord[];
  /** Where to fetch next: past what is not for readers, too. */
  readonly next: number;
}

/**
 * The records of one partition's answer. Brokers cut it at a number of bytes, so its last batch may be a part only, which
 * is read with the next one; its first begins where its producer began it, which may be below what was asked for.
 * `shared`: with other readers of the topic; only whole batches are.
 */
export async function readRecordSet(
  set: Buffer,
  place: Place,
  memory: HeaderMemory,
  shared?: SharedBatches,
): Promise<Fetched> {
  const records: LogRecord[] = [];
  let next = place.from;
  for (let at = 0; set.length - at >= BATCH_HEAD;) {
    const head = new WireReader(set, at);
    const base = head.int64();
    const length = head.int32();
    if (length < BATCH_HEAD - FRAME) throw damaged(place, base);
    const end = at + FRAME + length;
    if (end > set.length) break;
    head.skip(4);
    if (head.int8() !== MAGIC) throw tooOld(place);
    const sum = head.int32();
    const attributes = head.int16();
    const last = base + head.int32();
    const first = head.int64();
    const appendedAt = (attributes & APPEND_TIME_FLAG) === 0 ? first : head.int64();
    next = Math.max(next, last + 1);
    if ((attributes & CONTROL_FLAG) === 0 && last >= place.from) {
      const name = { topic: place.topic, partition: place.partition, base, sum };
      const isWhole = base >= place.from;
      let read = isWhole ? shared?.take(name) : undefined;
      if (read === undefined) {
        const count = set.readInt32BE(at + BATCH_HEAD - 4);
        const body = set.subarray(at + BATCH_HEAD, end);
        const codec = attributes & CODEC_MASK;
        const plain = codec === 0 ? body : await unpacked(body, codec, place);
        read = readRecords(new WireReader(plain), { ...place, base, count, appendedAt }, memory);
        if (isWhole) shared?.keep(name, read);
      }
      for (const record of read) records.push(record);
    }
    at = end;
  }
  return { records, next };
}

interface Batch extends Place {
  readonly base: number;
  readonly count: number;
  readonly appendedAt: number;
}

function readRecords(from: WireReader, batch: Batch, memory: HeaderMemory): LogRecord[] {
  const into: LogRecord[] = [];
  const { topic, partition, base, appendedAt } = batch;
  const slab = new ValueSlab();
  for (let n = 0; n < batch.count; n += 1) {
    const length = from.varint();
    const end = from.at + length;
    from.skip(1);
    from.skipVarlong();
    const offset = base + from.varint();
    if (offset >= batch.from) {
      const key = memory.key(from);
      const valueLength = from.varint();
      const left = from.left;
      const value = valueLength < 0 ? NOTHING : slab.keep(from.bytes(valueLength), left);
      into.push({ topic, partition, key, headers: memory.read(from), value, offset, appendedAt });
    }
    from.at = end;
  }
  return into;
}

/** Ours are never compressed; what others write into our topics may be. */
async function unpacked(body: Buffer, codec: number, { topic, partition }: Place): Promise<Buffer> {
  const found: unknown = Reflect.get(kafkajs.CompressionCodecs, codec);
  if (typeof found !== 'function') {
    throw new LogError(
      'log_unavailable',
      `a record of ${topic}/${partition} is packed by unknown codec ${codec}`,
    );
  }
  const unpacker = found() as { decompress(packed: Buffer): Promise<Buffer> };
  return unpacker.decompress(body);
}

function damaged({ topic, partition }: Place, offset: number): LogError {
  return new LogError(
    'log_unavailable',
    `the batch at ${topic}/${partition}/${offset} has an impossible length`,
  );
}

function tooOld({ topic, partition }: Place): LogError {
  return new LogError(
    'log_closed',
    `topic ${topic}/${partition} holds records of a format older than Kafka 0.11; set log.message.format.version`,
  );
}
