import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listPage } from './list-page.ts';

const thing = fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), createdAt: fc.nat(5) });
const things = fc.uniqueArray(thing, { selector: (each) => each.id, maxLength: 30 });

describe('pages of what the control table holds', () => {
  it('show everything once, in order, whatever the limit', () => {
    fc.assert(
      fc.property(things, fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const seen: { id: string; createdAt: number }[] = [];
        let after: string | undefined;
        for (;;) {
          const page = listPage(all, { after, limit });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          if (page.next === null) break;
          after = page.next;
        }
        expect(seen).toHaveLength(all.length);
        expect(new Set(seen)).toEqual(new Set(all));
        expect(seen.map((each) => each.createdAt)).toEqual(
          seen.map((each) => each.createdAt).sort((a, b) => a - b),
        );
      }),
    );
  });

  it('refuse a cursor that was never given out', () => {
    for (const after of ['', 'x', 'W10', Buffer.from('[1]').toString('base64url')]) {
      expect(() => listPage([], { after })).toThrow(expect.objectContaining({ code: 'invalid_cursor' }));
    }
  });
});
