import { describe, expect, it } from '@jest/globals';
import { applyUnifiedDiff } from './unified-diff.ts';

const text = 'a\nb\nc\nd\ne\n';
const diff = '--- f\n+++ f\n@@ -1,2 +1,3 @@\n a\n-b\n+B\n+B2\n@@ -5 +6 @@\n-e\n+E\n';

describe('applyUnifiedDiff', () => {
  it('changes what the hunks say and leaves the rest', () => {
    expect(applyUnifiedDiff(text, diff)).toBe('a\nB\nB2\nc\nd\nE\n');
  });

  it('changes nothing for an empty diff', () => {
    expect(applyUnifiedDiff(text, '')).toBe(text);
  });

  it('refuses a text that is not the one the diff was made of', () => {
    expect(() => applyUnifiedDiff(text.replace('b', 'x'), diff)).toThrow('expects "b" in line 2, not "x"');
  });
});
