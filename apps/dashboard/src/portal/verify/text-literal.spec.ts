import { describe, expect, it } from '@jest/globals';
import { textLiteral } from './text-literal.ts';

describe('text as a literal of three languages', () => {
  it('escapes what would end it', () => {
    expect(textLiteral('{"a":"b\\n"}')).toBe('"{\\"a\\":\\"b\\\\n\\"}"');
  });

  it('keeps letters, and names what nobody sees', () => {
    expect(textLiteral('Größe 日本 👍')).toBe('"Größe 日本 👍"');
    expect(textLiteral('\u202e\u2028\ufeff\u007f')).toBe('"\\u202e\\u2028\\ufeff\\u007f"');
    expect(textLiteral('a\nb\tc\u0000')).toBe('"a\\nb\\tc\\u0000"');
  });

  it('is the same text again', () => {
    const text = 'quote " back \\ dollar ${x} tick ` é \u00ad';
    expect(JSON.parse(textLiteral(text))).toBe(text);
  });
});
