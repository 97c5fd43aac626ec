import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assign, type Claimant } from './assignment.ts';

const member = (memberId: string, owned: readonly number[] = [], generation = 1): Claimant => ({
  memberId,
  owned,
  generation,
  isLeaving: false,
});
const leaver = (memberId: string, owned: readonly number[] = []): Claimant => ({
  ...member(memberId, owned),
  isLeaving: true,
});

const shares = (given: ReadonlyMap<string, readonly number[]>) =>
  Object.fromEntries([...given].map(([id, own]) => [id, own.toSorted((a, b) => a - b)]));

describe('sharing out partitions', () => {
  it('gives all to one', () => {
    expect(shares(assign([member('a')], 3))).toEqual({ a: [0, 1, 2] });
  });

  it('takes from a member what is over its share, and gives that to nobody until it has let go', () => {
    const first = assign([member('a', [0, 1, 2, 3]), member('b')], 4);
    expect(shares(first)).toEqual({ a: [0, 1], b: [] });
    const second = assign([member('a', [0, 1]), member('b')], 4);
    expect(shares(second)).toEqual({ a: [0, 1], b: [2, 3] });
  });

  it('keeps away from others what is still drained', () => {
    expect(shares(assign([member('a', [0, 1, 2]), member('b')], 4))).toEqual({ a: [0, 1], b: [3] });
  });

  it('gives nothing to a member that leaves, and shares out what it has drained already', () => {
    expect(shares(assign([leaver('a', [0, 1]), member('b', [2, 3])], 4))).toEqual({ a: [], b: [2, 3] });
    expect(shares(assign([leaver('a', [1]), member('b', [2, 3])], 4))).toEqual({ a: [], b: [0, 2, 3] });
    expect(shares(assign([leaver('a', [1]), leaver('b', [])], 4))).toEqual({ a: [], b: [] });
  });

  it('believes the newer of two that claim the same', () => {
    expect(shares(assign([member('a', [0, 1], 3), member('b', [0, 1], 4)], 2))).toEqual({ a: [], b: [0] });
  });

  it('never gives one partition to two, never hands over from one live member to another, and settles evenly', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.array(fc.subarray(ids, { minLength: 1 }), { minLength: 1, maxLength: 5 }),
        (partitions, changes) => {
          let owned = new Map<string, readonly number[]>();
          for (const alive of changes) {
            let rounds = 0;
            for (; ; rounds += 1) {
              const members = alive.map((id) => member(id, owned.get(id) ?? []));
              const next = assign(members, partitions);
              const all = [...next.values()].flat();
              expect(new Set(all).size).toBe(all.length);
              for (const [id, own] of next) {
                for (const partition of own) {
                  const before = alive.find((other) => owned.get(other)?.includes(partition));
                  expect(before ?? id).toBe(id);
                }
              }
              const isSettled = [...next].every(([id, own]) => own.length === owned.get(id)?.length);
              owned = new Map(next);
              if (isSettled) break;
              expect(rounds).toBeLessThan(4);
            }
            const sizes = [...owned.values()].map((own) => own.length);
            expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(partitions);
            expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
