import { describe, expect, it } from '@jest/globals';
import { pageLinks } from './page-links.ts';

describe('links between pages', () => {
  it('ask the same with another cursor, whatever was asked before', () => {
    const body = { data: [], next: 'older', previous: 'newer' };
    expect(pageLinks('/api/v1/deliveries?status=failed&after=here&limit=2', body)).toBe(
      '</api/v1/deliveries?status=failed&limit=2&after=older>; rel="next", ' +
        '</api/v1/deliveries?status=failed&limit=2&before=newer>; rel="prev"',
    );
    expect(pageLinks('/api/v1/tenants', { data: [], next: 'a/b=' })).toBe(
      '</api/v1/tenants?after=a%2Fb%3D>; rel="next"',
    );
  });

  it('hold nothing that could end the link early', () => {
    const link = pageLinks('/api/v1/events?type=%3E%2C%3Cx%3E&tenant=%22', { data: [], next: 'n' });
    expect(link).toBe('</api/v1/events?type=%3E%2C%3Cx%3E&tenant=%22&after=n>; rel="next"');
  });

  it('are absent from the last page and from what is no page', () => {
    for (const body of [undefined, null, 'text', { next: 'x' }, { data: [], next: null, previous: null }]) {
      expect(pageLinks('/api/v1/events', body)).toBeUndefined();
    }
  });
});
