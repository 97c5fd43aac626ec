import type { DeliveryRow } from '../entities/delivery-row.ts';

/**
 * The fold of a delivery's row, the same in memory (several changes of one slice) and in SQL (change against table).
 *
 * 1. The head is the change with the highest (chain, attempt, settled, step); of equal ones the first stays (R3).
 *    An asked record ranks as (chain, 0, false, 0), below every outcome of its chain.
 * 2. `last…` is the change with the highest (lastChain, lastAttempt) of which a request was made; the first stays.
 * 3. createdAt is the earliest.
 * Equal ranks come only from one topic-partition, so the order in which partitions are applied changes nothing (P5).
 */
export function foldDelivery(row: DeliveryRow, change: DeliveryRow): DeliveryRow {
  const head = compare(rank(change), rank(row)) > 0 ? change : row;
  const last = compare(lastRank(change), lastRank(row)) > 0 ? change : row;
  return {
    ...head,
    createdAt: Math.min(row.createdAt, change.createdAt),
    lastChain: last.lastChain,
    lastAttempt: last.lastAttempt,
    lastStatusCode: last.lastStatusCode,
    lastError: last.lastError,
    lastDurationMs: last.lastDurationMs,
  };
}

export function foldDeliveries(changes: readonly DeliveryRow[]): DeliveryRow[] {
  const rows = new Map<string, DeliveryRow>();
  for (const change of changes) {
    const row = rows.get(change.id);
    rows.set(change.id, row === undefined ? change : foldDelivery(row, change));
  }
  return [...rows.values()];
}

const rank = (row: DeliveryRow) => [row.chain, row.attempt, row.settled ? 1 : 0, row.settled ? 0 : row.step];

const lastRank = (row: DeliveryRow) => [row.lastChain ?? -1, row.lastAttempt ?? -1];

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
