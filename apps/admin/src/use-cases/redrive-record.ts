import type { DeliveryRef } from '#domain';
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

/** What a record is about. `made`: the attempt that it leads to; undefined: those of an event's deliveries. */
interface Matter {
  readonly tenantId: string;
  readonly eventId: string;
  readonly made?: { readonly deliveryId: string; readonly chain: number; readonly attempt: number };
}

type Read = (record: LogRecord) => Decoded<Matter>;

/** What is to be delivered. Facts of control, outcomes and what only tables read are nobody's to put anywhere again. */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['events', decodeEvent],
  [
    'deliveries',
    (record) => {
      const decoded = decodeAsked(record);
      return decoded.ok ? { ok: true, value: ofAttempt(decoded.value.ref, 1) } : decoded;
    },
  ],
  ...retryTopics.map((topic): [string, Read] => [
    topic,
    (record) => {
      const decoded = decodeWaiting(record);
      return decoded.ok ? { ok: true, value: ofAttempt(decoded.value.ref, decoded.value.attempt) } : decoded;
    },
  ]),
]);

function ofAttempt({ tenantId, eventId, deliveryId, chain }: DeliveryRef, attempt: number): Matter {
  return { tenantId, eventId, made: { deliveryId, chain, attempt } };
}

/**
 * Puts a quarantined record into its topic once more, byte by byte, on the same partition (R1).
 *
 * 1. Only what is in quarantine, can be read now, and was not attempted yet: an event without deliveries, an attempt that was not
 *    made in a chain that has not ended. So nothing is sent a second time by it, though a table alone could not take it.
 * 2. Once: the fact in control names the record, and whoever asks again is told of the first one. Those who ask before the tables
 *    have that fact make copies, which dispatchers drop (R3, R4).
 * 3. The record first, then the fact. Where the fact is refused nobody is told that it was done, and asking again makes a copy.
 */
export async function redriveRecord(
  context: Pick<AdminContext, 'history' | 'log' | 'logger' | 'now' | 'writer'>,
  principal: Principal,
  { topic, partition, offset }: RecordPlace,
): Promise<Redriven> {
  requireScope(principal, 'admin');
  const read = readers.get(topic);
  if (read === undefined) {
    const detail = `records of ${[...readers.keys()].join(', ')} can be put back; mend the cause at its source, and send it anew`;
    throw refusedField('/topic', 'not_redrivable', detail);
  }
  const recordId = recordIdOf({ topic, partition, offset });
  const [isThere, done] = await fromHistory(context, (history) =>
    Promise.all([
      history.isQuarantined(topic, partition, offset),
      history.listAudit(null, { type: 'record.redriven', subject: recordId, limit: 1 }),
    ]),
  );
  if (!isThere) throw notThere();
  const [before] = done.items;
  if (before !== undefined) {
    return { offset: Number(before.details['offset']), isNew: false, at: before.at, position: undefined };
  }
  const { record, matter } = await readable(context, { topic: topic as TopicName, partition, offset }, read);
  if (principal.tenantId !== null && principal.tenantId !== matter.tenantId) throw notThere();
  await requireUndelivered(context, matter);
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
  read: Read,
): Promise<{ readonly record: LogRecord; readonly matter: Matter }> {
  const record = await context.log.readOne(topic, partition, offset).catch((error: unknown) => {
    if (!(error instanceof LogError) || !error.retryable) throw error;
    const more = { headers: retryAfter(2), cause: error };
    throw new Refused('unavailable', 'the log does not answer; ask again', more);
  });
  if (record === undefined) {
    throw new Refused('conflict', 'the log no longer holds the record; publish its event again');
  }
  const decoded = read(record);
  if (!decoded.ok) {
    const why = decoded.why === 'newer' ? `it was written by a newer release` : decoded.reason;
    throw new Refused('conflict', `the record can still not be read (${why}); mend that first`);
  }
  return { record, matter: decoded.value };
}

/** A table that could not take a record says nothing of what was delivered. */
async function requireUndelivered(
  context: Pick<AdminContext, 'history' | 'logger'>,
  { tenantId, eventId, made }: Matter,
): Promise<void> {
  if (made !== undefined) return requireUnmade(context, tenantId, made);
  const found = await fromHistory(context, (history) =>
    history.listDeliveries(tenantId, { eventId, limit: 1 }),
  );
  if (found.items.length === 0) return;
  throw new Refused('conflict', `the deliveries of event ${eventId} are there already; replay them instead`);
}

async function requireUnmade(
  context: Pick<AdminContext, 'history' | 'logger'>,
  tenantId: string,
  { deliveryId, chain, attempt }: NonNullable<Matter['made']>,
): Promise<void> {
  const found = await fromHistory(context, (history) => history.getDelivery(tenantId, deliveryId));
  if (found === undefined) return;
  const { delivery, attempts } = found;
  const isOver = delivery.chain === chain && delivery.settled;
  const isMade = attempts.some(
    (one) => one.chain === chain && one.attempt >= attempt && one.startedAt !== null,
  );
  if (!isOver && !isMade) return;
  throw new Refused('conflict', `delivery ${deliveryId} went on without the record; replay it instead`);
}

const notThere = () => new Refused('not_found', 'no such record is in quarantine');
