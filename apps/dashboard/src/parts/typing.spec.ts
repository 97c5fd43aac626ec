import { describe, expect, it } from '@jest/globals';
import { askedFor, followed, typed, typedOf } from './typing.ts';

describe('a field whose value stands in the address', () => {
  it('keeps what is typed while the address takes up what was asked for', () => {
    const asked = askedFor(typed(typedOf(''), 'acm'), 'acm');
    const further = typed(asked, 'acme ');
    expect(followed(further, 'acm').text).toBe('acme ');
    expect(followed(followed(further, 'acm'), 'acm').text).toBe('acme ');
  });

  it('follows the address where something else changed it, and back again', () => {
    const asked = followed(askedFor(typed(typedOf(''), ' acme '), ' acme '), 'acme');
    expect(asked.text).toBe(' acme ');
    const back = followed(asked, '');
    expect(back.text).toBe('');
    expect(followed(back, 'acme').text).toBe('acme');
  });

  it('is the same as long as the address is', () => {
    const state = typed(typedOf('a'), 'ab');
    expect(followed(state, 'a')).toBe(state);
  });
});
