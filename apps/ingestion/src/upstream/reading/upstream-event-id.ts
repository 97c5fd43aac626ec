import { deriveEventId, isEventId, type Contract } from '#contracts';
import type { UpstreamSource } from '../mapping/upstream-source.ts';
import type { UpstreamEvent } from './upstream-event.ts';
import type { UpstreamRecord } from './upstream-record.ts';

/**
 * The event's id, the same each time the record is read (P10).
 * - As given, where the contract allows it (and the source is not `by-source`).
 * - Else hashed with its origin: a producer's retry is the same event, another producer's equal id is another.
 * - A record that carries none has that of its place. Its timestamp tells it from a record of the same place in a topic
 *   that was deleted and made again.
 */
export function upstreamEventId(
  contract: Contract,
  source: UpstreamSource,
  { topic, partition, message }: UpstreamRecord,
  { id, origin }: Pick<UpstreamEvent, 'id' | 'origin'>,
): string {
  if (id === undefined)
    return derived(contract, ['place', topic, partition, message.offset, message.timestamp]);
  if (source.ids === 'as-given' && isEventId(contract, id)) return id;
  return derived(contract, ['id', origin, id]);
}

const derived = (contract: Contract, parts: readonly (string | number)[]) =>
  deriveEventId(contract, JSON.stringify(parts));
