import { describe, expect, it } from '@jest/globals';
import type { Decision, Outcome } from '#domain';
import { DoneSet, type AttemptSource } from './done-set.ts';
import { RecentBudget } from './recent-budget.ts';

const open = (max = 1_000) => {
  const budgets = { deliveries: new RecentBudget(max), events: new RecentBudget(max) };
  return new DoneSet(budgets);
};
const at = (over: Partial<AttemptSource> = {}): AttemptSource => ({
  deliveryId: 'd1',
  chain: 0,
  attempt: 1,
  step: 0,
  topic: 'events',
  offset: 10,
  ...over,
});
const outcome = (decision: Decision, over: Partial<Outcome> = {}, chain = 0): Outcome => ({
  ref: {
    deliveryId: 'd1',
    tenantId: 't1',
    endpointId: 'e1',
    eventId: 'ev1',
    eventType: 'x',
    chain,
    askedBy: chain === 0 ? 'event' : 'replay',
    eventOffset: 10,
    occurredAt: 0,
    acceptedAt: 0,
  },
  attempt: 1,
  step: 0,
  term: 1,
  at: 0,
  decision,
  ...over,
});
const retry = (attempt: number, step: number): Decision => ({
  kind: 'retry',
  next: { attempt, step, dueAt: 1_000, hops: ['1s'] },
});
const deferred = (step: number): Decision => ({
  kind: 'deferred',
  next: { attempt: 1, step, dueAt: 1_000, hops: ['4s'] },
});

describe('done-set: whose first attempt may have to be followed (R8)', () => {
  it('is told once, by the offset of the event, for what an owner before wrote', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    expect([...done.takeUnplaced(11)]).toEqual([]);
    expect([...done.takeUnplaced(10)]).toEqual(['e1']);
    expect([...done.takeUnplaced(10)]).toEqual([]);
  });

  it.each([
    ['has ended', outcome({ kind: 'delivered' }), 'before'],
    ['is this owner’s to follow', outcome(retry(2, 1)), 'this'],
    ['was asked for by a record of its own', outcome(retry(2, 1), {}, 44), 'before'],
    ['came from a tier, whose record is there', outcome(retry(3, 2), { attempt: 2, step: 1 }), 'before'],
  ] as const)('is not one that %s', (_, of, by) => {
    const done = open();
    done.noteOutcome(of, by, 0);
    expect([...done.takeUnplaced(10)]).toEqual([]);
  });
});

describe('done-set: what is a copy (R3)', () => {
  it('nothing, of what it never heard of', () => {
    expect(open().isCopy(at(), 0)).toBe(false);
  });

  it('everything of a chain that ended, but nothing of another chain', () => {
    const done = open();
    done.noteOutcome(outcome({ kind: 'delivered' }), 'this', 0);
    expect(done.isCopy(at({ attempt: 2, step: 7 }), 0)).toBe(true);
    expect(done.isCopy(at({ chain: 44 }), 0)).toBe(false);
  });

  it('an attempt that has an outcome, whatever its step, but not the attempt after it', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'this', 0);
    expect(done.isCopy(at({ step: 5, topic: 'retry.1s' }), 0)).toBe(true);
    expect(done.isCopy(at({ attempt: 2, step: 1, topic: 'retry.1s' }), 0)).toBe(false);
  });

  it('a step below the highest placed, once that is durable', () => {
    const done = open();
    done.takeUp(at({ step: 1, topic: 'retry.2h', offset: 3 }), 0);
    expect(done.isCopy(at({ step: 1, topic: 'retry.2h', offset: 3 }), 0)).toBe(false);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 1, step: 2 }, 0);
    expect(done.isCopy(at({ step: 1, topic: 'retry.2h', offset: 3 }), 0)).toBe(true);
    expect(done.isCopy(at({ step: 2, topic: 'retry.30m', offset: 1 }), 0)).toBe(false);
  });

  it('never the placement that is on its way, though the log hands it over before it answers the append', () => {
    const done = open();
    done.takeUp(at({ step: 1, topic: 'retry.2h', offset: 3 }), 0);
    done.notePlacing({ deliveryId: 'd1', chain: 0, attempt: 1, step: 2 }, 0);
    const placed = at({ step: 2, topic: 'retry.1s', offset: 1 });
    expect(done.isCopy(placed, 0)).toBe(false);
    done.takeUp(placed, 0);
    expect(done.isCopy({ ...placed, offset: 2 }, 0)).toBe(true);
    expect(done.isCopy({ ...placed, step: 9, offset: 2 }, 0)).toBe(true);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 1, step: 2 }, 0);
    expect(done.isCopy(placed, 0)).toBe(false);
  });

  it('the same step at another offset, while the first is in flight or waits; never the record itself', () => {
    const done = open();
    done.takeUp(at({ offset: 10 }), 0);
    expect(done.isCopy(at({ offset: 10 }), 0)).toBe(false);
    expect(done.isCopy(at({ offset: 11 }), 0)).toBe(true);
    expect(done.isCopy(at({ offset: 10, topic: 'deliveries' }), 0)).toBe(true);
  });

  it('an earlier placement met after its successor was offered again: the offer counts as placed', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    expect(done.takeSuccessor(at(), 0)?.step).toBe(2);
    const original = at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 });
    expect(done.isCopy(original, 0)).toBe(true);
    const placedAgain = at({ attempt: 2, step: 2, topic: 'retry.1s', offset: 5 });
    expect(done.isCopy(placedAgain, 0)).toBe(false);
  });

  it('every other record of an attempt in hand, placed higher or not, until its outcome', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    const original = at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 });
    done.takeUp(original, 0);
    expect(done.takeSuccessor(at(), 0)).toBeUndefined();
    expect(done.isCopy(at({ attempt: 2, step: 2, topic: 'retry.1s', offset: 5 }), 0)).toBe(true);
    done.noteOutcome(outcome(retry(3, 2), { attempt: 2, step: 1 }), 'this', 0);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 3, step: 2 }, 0);
    expect(done.isCopy(at({ attempt: 3, step: 2, topic: 'retry.1s', offset: 6 }), 0)).toBe(false);
  });

  it('a record that waited while a higher step was placed', () => {
    const done = open();
    const waiting = at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 });
    done.takeUp(waiting, 0);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 2, step: 2 }, 0);
    expect(done.isCopy(waiting, 0)).toBe(true);
  });

  it('a record that was deferred, but not the attempt it still owes', () => {
    const done = open();
    done.noteOutcome(outcome(deferred(1)), 'before', 0);
    expect(done.isCopy(at(), 0)).toBe(true);
    expect(done.isCopy(at({ step: 1, topic: 'retry.4s' }), 0)).toBe(false);
  });

  it('lets the first outcome of an attempt win', () => {
    const done = open();
    done.noteOutcome(outcome({ kind: 'delivered' }), 'before', 0);
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    expect(done.outcomeOf('d1', 0, 0)).toEqual({ attempt: 1, ended: true, successor: null });
    done.noteOutcome(outcome(retry(2, 1), {}, 9), 'before', 0);
    done.noteOutcome(outcome({ kind: 'delivered' }, {}, 9), 'before', 0);
    expect(done.outcomeOf('d1', 9, 0)?.ended).toBe(false);
  });
});

describe('done-set: placing again (R8)', () => {
  it('offers the successor that an owner before named, once, a step above all known', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    expect(done.takeSuccessor(at(), 0)).toEqual({ attempt: 2, step: 2, dueAt: 1_000, hops: ['1s'] });
    expect(done.takeSuccessor(at(), 0)).toBeUndefined();
  });

  it('counts as placed from the offer on: of two under way at the same time one is a copy', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    done.takeSuccessor(at(), 0);
    const original = at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 });
    expect(done.isCopy(original, 0)).toBe(true);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 2, step: 2 }, 0);
    expect(done.isCopy(original, 0)).toBe(true);
    expect(done.isCopy(at({ attempt: 2, step: 2, topic: 'retry.1s', offset: 5 }), 0)).toBe(false);
  });

  it('knows a later placement of an attempt that is in hand for a copy, until that one is placed anew', () => {
    const done = open();
    const inHand = at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 });
    done.takeUp(inHand, 0);
    const later = at({ attempt: 2, step: 2, topic: 'retry.4s', offset: 9 });
    expect(done.isCopy(later, 0)).toBe(true);
    expect(done.isCopy(inHand, 0)).toBe(false);
    expect(done.isCopy(at({ attempt: 3, step: 2, topic: 'retry.4s', offset: 9 }), 0)).toBe(false);
    done.notePlaced({ deliveryId: 'd1', chain: 0, attempt: 2, step: 2 }, 0);
    expect(done.isCopy(later, 0)).toBe(false);
  });

  it('offers nothing once the successor was met in the log', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    done.takeUp(at({ attempt: 2, step: 1, topic: 'retry.1s', offset: 4 }), 0);
    expect(done.takeSuccessor(at(), 0)).toBeUndefined();
  });

  it('offers nothing for own outcomes: their successor is still on its way', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'this', 0);
    expect(done.takeSuccessor(at(), 0)).toBeUndefined();
  });

  it('offers nothing for an attempt that was followed by another outcome', () => {
    const done = open();
    done.noteOutcome(outcome(retry(2, 1)), 'before', 0);
    done.noteOutcome(outcome(retry(3, 2), { attempt: 2, step: 1 }), 'before', 0);
    expect(done.takeSuccessor(at(), 0)).toBeUndefined();
    expect(done.takeSuccessor(at({ attempt: 2, step: 1 }), 0)?.attempt).toBe(3);
  });

  it('offers the one of an attempt that two owners made, each from a placement of its own', () => {
    const done = open();
    done.takeUp(at({ attempt: 2, step: 2, topic: 'retry.1s', offset: 4 }), 0);
    done.noteOutcome(outcome(retry(3, 2), { attempt: 2, step: 1 }), 'before', 0);
    done.noteOutcome(outcome({ kind: 'delivered' }, { attempt: 2, step: 2 }), 'this', 0);
    expect(done.takeSuccessor(at({ attempt: 2, step: 2 }), 0)).toMatchObject({ attempt: 3, step: 3 });
  });

  it('offers the successor of a deferral too', () => {
    const done = open();
    done.noteOutcome(outcome(deferred(1)), 'before', 0);
    expect(done.takeSuccessor(at(), 0)).toEqual({ attempt: 1, step: 2, dueAt: 1_000, hops: ['4s'] });
  });
});

describe('done-set: event ids (R4, P10)', () => {
  it('belong to the first offset, which may come again itself', () => {
    const done = open();
    expect(done.noteEvent('t1', 'ev1', 5, 0)).toBe('first');
    expect(done.noteEvent('t1', 'ev1', 5, 1)).toBe('first');
    expect(done.noteEvent('t1', 'ev1', 6, 2)).toBe('copy');
    expect(done.noteEvent('t2', 'ev1', 6, 2)).toBe('first');
  });

  it('are known from the outcomes of an owner before', () => {
    const done = open();
    done.noteOutcome(outcome({ kind: 'delivered' }), 'before', 0);
    expect(done.noteEvent('t1', 'ev1', 10, 0)).toBe('first');
    expect(done.noteEvent('t1', 'ev1', 99, 0)).toBe('copy');
  });

  it('are free again after ten minutes, and a replay does not hold them', () => {
    const done = open();
    done.noteEvent('t1', 'ev1', 5, 0);
    expect(done.noteEvent('t1', 'ev1', 6, 599_999)).toBe('copy');
    expect(done.noteEvent('t1', 'ev1', 7, 600_000)).toBe('first');
    const other = open();
    other.noteOutcome(outcome({ kind: 'delivered' }, {}, 77), 'before', 0);
    expect(other.noteEvent('t1', 'ev1', 99, 0)).toBe('first');
  });
});

describe('done-set: forgetting (R5)', () => {
  it('keeps a delivery ten minutes from when it was last heard of', () => {
    const done = open();
    done.takeUp(at(), 0);
    done.noteOutcome(outcome({ kind: 'delivered' }), 'this', 300_000);
    expect(done.isCopy(at(), 899_999)).toBe(true);
    expect(done.isCopy(at(), 900_000)).toBe(false);
  });

  it('starts a forgotten delivery anew', () => {
    const done = open(2);
    done.noteOutcome(outcome({ kind: 'delivered' }), 'this', 0);
    done.takeUp(at({ deliveryId: 'd2' }), 1);
    expect(done.isCopy(at(), 1)).toBe(false);
    expect(done.size).toBe(1);
  });
});
