import { describe, expect, it } from '@jest/globals';
import { deliveryQuery, deliverySearch, filtered, isFiltered, withChosen } from './delivery-filter.ts';

const now = Date.parse('2026-11-28T12:00:30Z');

describe('filters of deliveries in the address', () => {
  it('are read back as they were written', () => {
    const search = {
      status: 'failed',
      type: 'host.online',
      code: '5xx',
      within: '24h',
      event: 'evt_1',
    } as const;
    expect(deliverySearch(search)).toEqual(search);
  });

  it('leave out what nobody understands', () => {
    expect(deliverySearch({ status: 'broken', code: '9xx', within: 'long', type: '', x: 1 })).toEqual({});
  });

  it('take ids that look like numbers', () => {
    expect(deliverySearch({ event: 42 })).toEqual({ event: '42' });
  });

  it('become the question that the API is asked', () => {
    expect(deliveryQuery({ status: 'failed', code: 'none', within: '1h' }, now, 50)).toEqual({
      limit: '50',
      status: 'failed',
      code_class: 'none',
      since: '2026-11-28T11:00:00.000Z',
    });
    expect(deliveryQuery({ after: 'x', before: 'y' }, now, 50)).toEqual({ limit: '50', after: 'x' });
  });

  it('begin at the first page when they change', () => {
    const search = { status: 'failed', after: 'cursor', delivery: 'd1' } as const;
    expect(filtered(search, { status: undefined, code: '4xx' })).toEqual({ code: '4xx' });
  });

  it('can be chosen though the list does not have them', () => {
    const options = [{ value: 'a', label: 'A' }];
    expect(withChosen(options, 'a')).toEqual(options);
    expect(withChosen(options, undefined)).toEqual(options);
    expect(withChosen(options, 'gone')).toEqual([...options, { value: 'gone', label: 'gone' }]);
  });

  it('are there or not', () => {
    expect(isFiltered({})).toBe(false);
    expect(isFiltered(deliverySearch({ after: 'x', delivery: 'y' }))).toBe(false);
    expect(isFiltered({ code: '2xx' })).toBe(true);
  });
});
