import { Refused, requireScope, retryAfter, type Principal } from '#http-edge';
import {
  decodeAsked,
  decodeEvent,
  decodeWaiting,
  LogError,
  retryTopics,
  type Decoded,
  type LogRecord,
  type TopicName,
} from '#log';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { recordIdOf } from './read-operations.ts';
import { refusedField } from './refused-field.ts';

/** Where a record stands. */
export interface RecordPlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface Redriven {
  /** Of the record that was put there. */
  readonly offset: number;
  /** False: it was put there before, and nothing was done now. */
  readonly isNew: boolean;
  readonly at: number;
  readonly position: number | undefined;
}

type Decode = (record: LogRecord) => Decoded<unknown>;

/** What is to be delivered. Facts of control, outcomes and what only tables read are nobody's to put anywhere again. */
const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['events', decodeEvent],
  ['deliveries', decodeAsked],
  ...retryTopics.map((topic): [string, Decode] => [topic, decodeWaiting]),
]);

/**
 * Puts a quarantined record into its topic once more, byte by byte, on the same partition (R1).
 *
 * 1. Only what is in quarantine, can be read now, and whose event has no deliveries yet: nothing is sent a second time by it.
 * 2. Once: the fact in control names the record, and whoever asks again is told of the first one. Two who ask at the same moment
 *    make two copies, of which dispatchers drop one (R3, R4).
 * 3. The record first, then the fact. Where the fact is refused nobody is told that it was done, and asking again makes a copy.
 */
export async function redriveRecord(
  context: Pick<AdminContext, 'history' | 'log' | 'logger' | 'now' | 'writer'>,
  principal: Principal,
  { topic, partition, offset }: RecordPlace,
): Promise<Redriven> {
  requireScope(principal, 'admin');
  const decode = decoders.get(topic);
  if (decode === undefined) {
    const detail = `records of ${[...decoders.keys()].join(', ')} can be put back; mend the cause at its source, and send it anew`;
    throw refusedField('/topic', 'not_redrivable', detail);
  }
  const recordId = recordIdOf({ topic, partition, offset });
  const [isThere, done] = await fromHistory(context, (history) =>
    Promise.all([
      history.isQuarantined(topic, partition, offset),
      history.listAudit(null, { type: 'record.redriven', subject: recordId, limit: 1 }),
    ]),
  );
  if (!isThere) throw new Refused('not_found', 'no such record is in quarantine');
  const [before] = done.items;
  if (before !== undefined) {
    return { offset: Number(before.details['offset']), isNew: false, at: before.at, position: undefined };
  }
  const record = await readable(context, { topic: topic as TopicName, partition, offset }, decode);
  const at = context.now();
  const { headers, key, value } = record;
  const [appended] = await context.log.append([{ topic: record.topic, partition, key, headers, value }]);
  if (appended === undefined) throw new Error('an append gave no place');
  const fact = { type: 'record.redriven', recordId, offset: appended.offset, at } as const;
  const { position } = await context.writer.fact(fact, principal.actor);
  return { offset: appended.offset, isNew: true, at, position };
}

async function readable(
  context: Pick<AdminContext, 'history' | 'log' | 'logger'>,
  { topic, partition, offset }: RecordPlace & { readonly topic: TopicName },
  decode: Decode,
): Promise<LogRecord> {
  const record = await context.log.readOne(topic, partition, offset).catch((error: unknown) => {
    if (!(error instanceof LogError) || !error.retryable) throw error;
    const more = { headers: retryAfter(2), cause: error };
    throw new Refused('unavailable', 'the log does not answer; ask again', more);
  });
  if (record === undefined) {
    throw new Refused('conflict', 'the log no longer holds the record; publish its event again');
  }
  const decoded = decode(record);
  if (!decoded.ok) {
    const why = decoded.why === 'newer' ? `it was written by a newer release` : decoded.reason;
    throw new Refused('conflict', `the record can still not be read (${why}); mend that first`);
  }
  if (topic === 'events') await requireUndelivered(context, record);
  return record;
}

/** A table that could not take an event says nothing of its deliveries. */
async function requireUndelivered(
  context: Pick<AdminContext, 'history' | 'logger'>,
  record: LogRecord,
): Promise<void> {
  const event = decodeEvent(record);
  if (!event.ok) return;
  const { eventId, tenantId } = event.value;
  const found = await fromHistory(context, (history) =>
    history.listDeliveries(tenantId, { eventId, limit: 1 }),
  );
  if (found.items.length === 0) return;
  throw new Refused('conflict', `the deliveries of event ${eventId} are there already; replay them instead`);
}
