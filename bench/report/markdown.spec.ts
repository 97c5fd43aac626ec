import { describe, expect, it } from '@jest/globals';
import { replaceBetweenMarks } from './markdown.ts';

describe('the page of benchmarks', () => {
  const page = 'before\n<!-- results:kafka -->\nold\n<!-- /results:kafka -->\nafter';

  it('changes between its marks only, and a second time to the same', () => {
    const once = replaceBetweenMarks(page, 'kafka', 'new');
    expect(once).toBe('before\n<!-- results:kafka -->\n\nnew\n\n<!-- /results:kafka -->\nafter');
    expect(replaceBetweenMarks(once, 'kafka', 'new')).toBe(once);
  });

  it('is refused where it has none', () => {
    expect(() => replaceBetweenMarks(page, 'standalone', 'new')).toThrow('<!-- results:standalone -->');
  });
});
