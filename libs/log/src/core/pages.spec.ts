import { describe, expect, it } from '@jest/globals';
import { Pages } from './pages.ts';

const shape = { floats: 2, ints: 3 };

describe('pages', () => {
  it('are there from the first place that is held until the last one is released', () => {
    const pages = new Pages(16_384, shape);
    expect([pages.size, pages.places]).toEqual([4_096, 0]);
    pages.hold(4_095);
    pages.hold(4_096).floats[0] = 7;
    pages.hold(4_097);
    expect(pages.places).toBe(8_192);
    pages.release(4_095);
    pages.release(4_097);
    expect([pages.places, pages.of(4_096).floats[0]]).toEqual([4_096, 7]);
    pages.release(4_096);
    expect(pages.places).toBe(0);
    pages.hold(0);
    expect(pages.places).toBe(4_096);
  });

  it('keep all numbers of a place apart from those of the next', () => {
    const pages = new Pages(512, shape);
    for (const place of [0, 1, 510, 511]) {
      const page = pages.hold(place);
      const at = pages.within(place);
      page.words.fill(place + 1, at * 4, (at + 1) * 4);
      page.floats.fill(place + 2, at * 2, (at + 1) * 2);
      page.ints.fill(place + 3, at * 3, (at + 1) * 3);
    }
    for (const place of [0, 1, 510, 511]) {
      const page = pages.of(place);
      const at = pages.within(place);
      expect([...new Set(page.words.subarray(at * 4, (at + 1) * 4))]).toEqual([place + 1]);
      expect([...new Set(page.floats.subarray(at * 2, (at + 1) * 2))]).toEqual([place + 2]);
      expect([...new Set(page.ints.subarray(at * 3, (at + 1) * 3))]).toEqual([place + 3]);
    }
  });
});
