import { describe, expect, it } from '@jest/globals';
import { changedFields, diffOf } from './diff.ts';

describe('what a decision changed', () => {
  it('is what differs, with bookkeeping at the end', () => {
    const changes = diffOf(
      { version: 1, url: 'https://a.example/', events: ['a'], status: 'active', updated_at: '1' },
      { version: 2, url: 'https://b.example/', events: ['a', 'b'], status: 'active', updated_at: '2' },
    );
    expect(changes).toEqual([
      { field: 'url', before: 'https://a.example/', after: 'https://b.example/' },
      { field: 'events', before: '["a"]', after: '["a","b"]' },
      { field: 'version', before: '1', after: '2' },
      { field: 'updated_at', before: '1', after: '2' },
    ]);
    expect(changedFields(changes)).toEqual(['url', 'events']);
  });

  it('looks into objects', () => {
    expect(diffOf({ limits: { a: 1, b: null } }, { limits: { a: 1, b: 2 } })).toEqual([
      { field: 'limits.b', before: 'null', after: '2' },
    ]);
    expect(diffOf({ held: null }, { held: { offset: 4 } })).toEqual([
      { field: 'held.offset', before: null, after: '4' },
      { field: 'held', before: 'null', after: null },
    ]);
  });

  it('is all that something has where it is new, or gone; but not what is empty', () => {
    expect(diffOf(null, { name: 'Acme', headers: {}, note: '', on: false })).toEqual([
      { field: 'name', before: null, after: 'Acme' },
      { field: 'on', before: null, after: 'false' },
    ]);
    expect(diffOf({ name: 'Acme', list: [] }, null)).toEqual([
      { field: 'name', before: 'Acme', after: null },
    ]);
  });

  it('is nothing where nothing is kept', () => {
    expect(diffOf(null, null)).toEqual([]);
    expect(diffOf({ a: [1] }, { a: [1] })).toEqual([]);
  });
});
