import { describe, expect, it } from '@jest/globals';
import { visibleText } from './visible-text.ts';

describe('a stranger’s text', () => {
  it('stays as it is where it is honest', () => {
    expect(visibleText('Größe – 日本 👍\n\tb<script>')).toBe('Größe – 日本 👍\n\tb<script>');
    expect(visibleText('a\r\nb')).toBe('a\nb');
  });

  it('cannot turn its direction, hide letters or steer a terminal', () => {
    expect(visibleText('\u202etxt.exe')).toBe('⟨U+202E⟩txt.exe');
    expect(visibleText('a\u200bb\u0000\u001b[2J\ufeff')).toBe('a⟨U+200B⟩b⟨U+0000⟩⟨U+001B⟩[2J⟨U+FEFF⟩');
  });
});
