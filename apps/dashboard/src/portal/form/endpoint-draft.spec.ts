import { describe, expect, it } from '@jest/globals';
import { changesOf, emptyDraft, isDirty, rebased } from './endpoint-draft.ts';

const saved = { ...emptyDraft, url: 'https://example.com/', events: ['a', 'b'] };

describe('the settings of an endpoint in a form', () => {
  it('are unsaved where something differs, and only that is sent', () => {
    expect(isDirty(saved, saved)).toBe(false);
    expect(isDirty(saved, { ...saved, events: ['b', 'a'] })).toBe(false);
    expect(changesOf(saved, { ...saved, active: false, events: [] })).toEqual({ active: false, events: [] });
    expect(changesOf(saved, { ...saved, url: 'https://other.example/', description: 'x' })).toEqual({
      url: 'https://other.example/',
      description: 'x',
    });
  });

  it('follow what another changed, but for what is being edited here', () => {
    const draft = { ...saved, description: 'mine' };
    const after = { ...saved, url: 'https://new.example/', description: 'theirs' };
    expect(rebased(saved, after, draft)).toEqual({ ...after, description: 'mine' });
  });
});
