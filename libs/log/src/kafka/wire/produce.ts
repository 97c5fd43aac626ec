import type { Broker } from 'kafkajs';
import type { NewRecord } from '../../port/record.ts';
import { askBroker, connections } from './broker-call.ts';
import { BATCH_OVERHEAD, RECORD_OVERHEAD, writeRecordBatch } from './record-batch.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

const PRODUCE = { apiKey: 0, apiVersion: 7, apiName: 'Produce' };
const ALL_IN_SYNC = -1;

/** Records of one partition, in order. A request holds one of each at most. */
export interface Batch {
  /** The topic's name at the broker. */
  readonly name: string;
  readonly partition: number;
  readonly records: readonly NewRecord[];
  /** Of all names, values and bodies, as `sizeOf` counts them. */
  readonly bytes: number;
}

/** What a broker says of one batch. */
export interface Produced {
  readonly name: string;
  readonly partition: number;
  /** 0: durable. */
  readonly errorCode: number;
  readonly baseOffset: number;
  /** Epoch ms; −1: the topic does not stamp append times. */
  readonly appendedAt: number;
}

export interface ProduceAnswer {
  readonly throttledMs: number;
  readonly batches: readonly Produced[];
}

/** One request to the leader of all these; resolves when every replica in sync has them, or with why not, for each. */
export function produce(
  broker: Broker,
  batches: readonly Batch[],
  timeoutMs: number,
): Promise<ProduceAnswer> {
  const write = (): WireWriter => writeProduce(batches, timeoutMs, Date.now());
  return askBroker<ProduceAnswer>(broker, { ...PRODUCE, write, read: readProduce }, connections.main);
}

export function writeProduce(batches: readonly Batch[], timeoutMs: number, now: number): WireWriter {
  const to = new WireWriter(capacityFor(batches));
  to.string(null);
  to.int16(ALL_IN_SYNC);
  to.int32(timeoutMs);
  const byName = Map.groupBy(batches, ({ name }) => name);
  to.int32(byName.size);
  for (const [name, own] of byName) {
    to.string(name);
    to.int32(own.length);
    for (const { partition, records } of own) {
      to.int32(partition);
      const start = to.at;
      to.int32(0);
      writeRecordBatch(to, records, now);
      to.int32At(start, to.at - start - 4);
    }
  }
  return to;
}

/** What it takes where all text is ASCII; more grows. */
function capacityFor(batches: readonly Batch[]): number {
  let bytes = 64;
  for (const { name, records, bytes: own } of batches) {
    bytes += own + name.length + 16 + BATCH_OVERHEAD + records.length * RECORD_OVERHEAD;
  }
  // The writer makes room for three bytes a character before it knows better.
  return bytes + 1_024;
}

export function readProduce(answer: Buffer): ProduceAnswer {
  const from = new WireReader(answer);
  const batches = from
    .list(() => {
      const name = from.string();
      return from.list(() => {
        const found = {
          name,
          partition: from.int32(),
          errorCode: from.int16(),
          baseOffset: from.int64(),
          appendedAt: from.int64(),
        };
        from.skip(8);
        return found;
      });
    })
    .flat();
  return { throttledMs: from.int32(), batches };
}
