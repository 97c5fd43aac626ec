import { describe, expect, it } from '@jest/globals';
import { takeFragmentToken } from './fragment-token.ts';

describe('a credential in the fragment', () => {
  it('is taken, and leaves nothing behind', () => {
    expect(takeFragmentToken('#token=hh_portal_k1.abc')).toEqual({ token: 'hh_portal_k1.abc', rest: '' });
  });

  it('leaves what else stands there', () => {
    expect(takeFragmentToken('#a=1&token=hw_live_x')).toEqual({ token: 'hw_live_x', rest: '#a=1' });
  });

  it('may be missing or empty', () => {
    expect(takeFragmentToken('')).toEqual({ token: undefined, rest: '' });
    expect(takeFragmentToken('#token=')).toEqual({ token: undefined, rest: '' });
    expect(takeFragmentToken('#attempts')).toEqual({ token: undefined, rest: '#attempts=' });
  });
});
