import { describe, expect, it } from '@jest/globals';
import { isSameSelection, toggled, unlistedOf, widensBySubtraction } from './event-selection.ts';

describe('the choice of events', () => {
  it('takes in and leaves out', () => {
    expect(toggled([], 'lead.captured')).toEqual(['lead.captured']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('HL-6: knows that taking away the last one widens it to all', () => {
    expect(widensBySubtraction(['a'], toggled(['a'], 'a'))).toBe(true);
    expect(widensBySubtraction(['a', 'b'], toggled(['a', 'b'], 'a'))).toBe(false);
    expect(widensBySubtraction([], [])).toBe(false);
    expect(widensBySubtraction([], ['a'])).toBe(false);
  });

  it('is the same in any order', () => {
    expect(isSameSelection(['a', 'b'], ['b', 'a'])).toBe(true);
    expect(isSameSelection(['a'], ['a', 'b'])).toBe(false);
    expect(isSameSelection([], [])).toBe(true);
  });

  it('keeps types that the contract does not list', () => {
    expect(unlistedOf(['order.paid', 'a'], ['a'])).toEqual(['order.paid']);
  });
});
