import { describe, expect, it } from '@jest/globals';
import { auditSearch, isMoment, localInput, momentOf } from './audit-search.ts';

describe('the filters of the audit in the address', () => {
  it('are those that say something', () => {
    expect(auditSearch({ actor: ' key:k1 ', type: '', page: 3, subject: 12, tenant: null })).toEqual({
      actor: 'key:k1',
      subject: '12',
    });
  });

  it('are moments as the API takes them', () => {
    expect(isMoment('2026-11-21T12:00:00Z')).toBe(true);
    expect(isMoment('2026-11-21T12:00:00.5+02:00')).toBe(true);
    expect(isMoment('2026-11-21')).toBe(false);
    expect(isMoment('2026-13-41T12:00:00Z')).toBe(false);
  });

  it('go into a field of local time and come out of it as they were, to the minute', () => {
    const moment = '2026-11-21T12:34:00.000Z';
    expect(momentOf(localInput(moment))).toBe(moment);
    // A year that is half typed is one of those in which zones had odd seconds.
    expect(localInput(momentOf('0002-11-21T00:00'))).toBe('0002-11-21T00:00');
    expect(localInput('soon')).toBe('');
    expect(localInput(undefined)).toBe('');
    expect(momentOf('')).toBeUndefined();
  });
});
