import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryRow } from '../entities/delivery-row.ts';
import { foldDeliveries } from './delivery-head.ts';

const base: DeliveryRow = {
  id: 'd',
  tenantId: 't',
  endpointId: 'e',
  eventId: 'v',
  eventType: 'x',
  status: 'pending',
  reason: null,
  chain: 0,
  attempt: 1,
  step: 0,
  settled: true,
  askedBy: 'event',
  test: false,
  nextDueAt: null,
  term: 1,
  occurredAt: 0,
  createdAt: 100,
  updatedAt: 100,
  lastChain: null,
  lastAttempt: null,
  lastStatusCode: null,
  lastError: null,
  lastDurationMs: null,
  partition: 0,
  eventOffset: 0,
  headTopic: 'outcomes',
  headOffset: 0,
};

/** Outcomes of one delivery, in the order of their partition, and the askings of theirs. */
const outcomes = fc
  .array(
    fc.record({
      chain: fc.nat(2),
      attempt: fc.integer({ min: 1, max: 3 }),
      step: fc.nat(2),
      settled: fc.boolean(),
      made: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ made, ...row }, headOffset): DeliveryRow => ({
      ...base,
      ...row,
      headOffset,
      createdAt: 100 - headOffset,
      ...(made ? { lastChain: row.chain, lastAttempt: row.attempt, lastStatusCode: headOffset } : {}),
    })),
  );
const askings = fc.array(fc.nat(2), { maxLength: 3 }).map((chains) =>
  chains.map((chain, headOffset): DeliveryRow => ({
    ...base,
    chain,
    attempt: 0,
    settled: false,
    headTopic: 'deliveries',
    headOffset,
  })),
);

describe('the head of a delivery', () => {
  it('is the same however the records of two topics are interleaved', () => {
    fc.assert(
      fc.property(outcomes, askings, fc.array(fc.boolean()), (left, right, choices) => {
        const [a, b] = [[...left], [...right]];
        const mixed: DeliveryRow[] = [];
        for (const takeLeft of choices) mixed.push(...(takeLeft ? a : b).splice(0, 1));
        expect(foldDeliveries([...mixed, ...a, ...b])).toEqual(foldDeliveries([...left, ...right]));
      }),
    );
  });

  it('is the same when a prefix was folded before', () => {
    fc.assert(
      fc.property(outcomes, fc.nat(8), (rows, cut) => {
        expect(foldDeliveries([...foldDeliveries(rows.slice(0, cut)), ...rows.slice(cut)])).toEqual(
          foldDeliveries(rows),
        );
      }),
    );
  });

  it('keeps the first outcome of an attempt, and lets any outcome win over a deferral of it', () => {
    const deferred = { ...base, settled: false, step: 5, headOffset: 1 };
    const first = { ...base, status: 'failed' as const, step: 1, headOffset: 2 };
    const copy = { ...base, status: 'delivered' as const, step: 7, headOffset: 3 };
    expect(foldDeliveries([deferred, first, copy, deferred])).toEqual([first]);
  });
});
