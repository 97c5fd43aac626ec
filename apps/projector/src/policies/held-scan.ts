import { decodeOutcomeHead, type Log, type LogRecord } from '#log';
import { setTimeout as delay } from 'node:timers/promises';
import type { Enabling } from './enablings.ts';
import { HeldDeliveries, type HeldDelivery } from './held-deliveries.ts';

const CHUNK = 100;

export interface ScanOptions {
  readonly log: Log;
  readonly partition: number;
  /** Where to begin; it reads to the end as seen at the start. */
  readonly from: number;
  /** The enabling that settles what this endpoint had held under a term; undefined: not this scan's concern. */
  readonly settling: (endpointId: string, term: number) => Enabling | undefined;
  /** Deliveries settled per second at most: a release must not drown what is new. */
  readonly ratePerSecond: number;
  readonly settle: (held: readonly HeldDelivery[]) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Settles what is still held, and answers how far it read: once over `outcomes` to know which deliveries are held to this day, once more
 * to settle those in their order. Two readings, because one would have to keep every delivery in memory.
 */
export async function scanHeld(options: ScanOptions): Promise<number> {
  const { log, partition, from, settling, ratePerSecond, settle, signal } = options;
  const held = new HeldDeliveries(settling);
  let end = from;
  for await (const slice of log.read('outcomes', partition, from)) {
    signal.throwIfAborted();
    for (const record of slice) {
      const outcome = outcomeOf(record);
      if (outcome !== undefined) held.observe(outcome, record.offset);
      end = record.offset + 1;
    }
  }
  if (held.size === 0) return end;

  let chunk: HeldDelivery[] = [];
  const settleChunk = async () => {
    const began = performance.now();
    await settle(chunk);
    const restMs = (chunk.length / ratePerSecond) * 1_000 - (performance.now() - began);
    if (restMs > 0) await delay(restMs, undefined, { signal });
    chunk = [];
  };
  for await (const slice of log.read('outcomes', partition, from, end)) {
    for (const record of slice) {
      const outcome = outcomeOf(record);
      const enabling = outcome && held.standing(outcome, record.offset);
      if (outcome === undefined || enabling === undefined) continue;
      chunk.push({ outcome, offset: record.offset, enabling });
      if (chunk.length >= Math.min(CHUNK, Math.max(1, ratePerSecond / 10))) await settleChunk();
    }
  }
  if (chunk.length > 0) await settle(chunk);
  return end;
}

function outcomeOf(record: LogRecord) {
  const decoded = decodeOutcomeHead(record);
  return decoded.ok && decoded.value.kind === 'outcome' ? decoded.value.outcome : undefined;
}
