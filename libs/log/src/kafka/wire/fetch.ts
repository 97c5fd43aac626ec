import type { Broker } from 'kafkajs';
import { askBroker, type Connection } from './broker-call.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

const FETCH = { apiKey: 1, apiVersion: 11, apiName: 'Fetch' };
const CONSUMER = -1;
const READ_COMMITTED = 1;
const UNKNOWN = -1;

/** A partition to be read from an offset on. */
export interface Wanted {
  readonly name: string;
  readonly partition: number;
  readonly from: number;
}

export interface FetchRequest extends SessionPart, Limits {}

/** What a session says of a request. */
export interface SessionPart {
  /** 0: none yet. */
  readonly sessionId: number;
  /** 0: begins a session; −1: without one; else the number of this request in it. */
  readonly sessionEpoch: number;
  /** All, or within a session those that changed. */
  readonly wanted: readonly Wanted[];
  /** Within a session: no longer wanted. */
  readonly forgotten: readonly Omit<Wanted, 'from'>[];
}

export interface Limits {
  /** When the broker answers: as soon as there are so many bytes, or after so many ms. */
  readonly minBytes: number;
  readonly waitMs: number;
  /** At most, of each and of all; a batch that is larger comes by itself. */
  readonly partitionBytes: number;
  readonly answerBytes: number;
}

/** What a broker says of one partition; within a session only where there is something to say. */
export interface FetchedPartition {
  readonly name: string;
  readonly partition: number;
  readonly errorCode: number;
  /** Whole record batches; the last may be cut. */
  readonly recordSet: Buffer;
}

export interface FetchAnswer {
  readonly throttledMs: number;
  /** Of the session as a whole. */
  readonly errorCode: number;
  readonly sessionId: number;
  readonly partitions: readonly FetchedPartition[];
}

export function fetch(broker: Broker, request: FetchRequest, over: Connection): Promise<FetchAnswer> {
  const write = (): WireWriter => writeFetch(request);
  return askBroker<FetchAnswer>(broker, { ...FETCH, write, read: readFetch }, over);
}

export function writeFetch(request: FetchRequest): WireWriter {
  const to = new WireWriter(128 + 64 * (request.wanted.length + request.forgotten.length));
  to.int32(CONSUMER);
  to.int32(request.waitMs);
  to.int32(request.minBytes);
  to.int32(request.answerBytes);
  to.int8(READ_COMMITTED);
  to.int32(request.sessionId);
  to.int32(request.sessionEpoch);
  byName(to, request.wanted, ({ partition, from }) => {
    to.int32(partition);
    to.int32(UNKNOWN);
    to.int64(from);
    to.int64(UNKNOWN);
    to.int32(request.partitionBytes);
  });
  byName(to, request.forgotten, ({ partition }) => to.int32(partition));
  to.string('');
  return to;
}

function byName<T extends { readonly name: string }>(
  to: WireWriter,
  all: readonly T[],
  write: (one: T) => void,
): void {
  const groups = Map.groupBy(all, ({ name }) => name);
  to.int32(groups.size);
  for (const [name, own] of groups) {
    to.string(name);
    to.int32(own.length);
    own.forEach(write);
  }
}

export function readFetch(answer: Buffer): FetchAnswer {
  const from = new WireReader(answer);
  return {
    throttledMs: from.int32(),
    errorCode: from.int16(),
    sessionId: from.int32(),
    partitions: from
      .list(() => {
        const name = from.string();
        return from.list(() => readPartition(name, from));
      })
      .flat(),
  };
}

function readPartition(name: string, from: WireReader): FetchedPartition {
  const partition = from.int32();
  const errorCode = from.int16();
  // High watermark, last stable offset, start of the log: 8 bytes each.
  from.skip(24);
  // Transactions that were given up (their records are in the set all the same), then the replica to prefer.
  from.list(() => from.skip(16));
  from.skip(4);
  const bytes = from.int32();
  return { name, partition, errorCode, recordSet: from.bytes(Math.max(0, bytes)) };
}
