import { expect, it } from '@jest/globals';
import type { DecisionKind, Outcome } from '#domain';
import type { Enabling } from './enablings.ts';
import { HeldDeliveries } from './held-deliveries.ts';

const enabling = {} as Enabling;
const outcome = (chain: number, attempt: number, kind: DecisionKind): Outcome =>
  ({ ref: { deliveryId: 'd', endpointId: 'wh_1', chain }, attempt, term: 1, decision: { kind } }) as Outcome;

/** At which offset the delivery is held after these outcomes, in their order; undefined: it is not. */
function heldAt(...outcomes: readonly Outcome[]): number | undefined {
  const held = new HeldDeliveries(() => enabling);
  for (const [offset, one] of outcomes.entries()) held.observe(one, offset);
  const found = outcomes.findIndex((one, offset) => held.standing(one, offset) !== undefined);
  return found === -1 ? undefined : found;
}

it('holds what was held last, and not what went on since', () => {
  expect(heldAt(outcome(0, 1, 'retry'), outcome(0, 2, 'held'))).toBe(1);
  expect(heldAt(outcome(0, 1, 'held'), outcome(7, 1, 'delivered'))).toBeUndefined();
  expect(heldAt(outcome(0, 1, 'held'), outcome(7, 1, 'held'))).toBe(1);
});

it('follows the first outcome of an attempt, whatever an owner before tells of it later (R3)', () => {
  expect(heldAt(outcome(0, 1, 'held'), outcome(0, 1, 'delivered'))).toBe(0);
  expect(heldAt(outcome(0, 2, 'held'), outcome(0, 1, 'delivered'))).toBe(0);
});
