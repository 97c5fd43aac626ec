/** Characters that turn the reading direction, hide, or steer terminals: a stranger could make a text look like another with them. */
const DECEIVING = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** The same text with such characters named instead: `⟨U+202E⟩`. Line feeds and tabs stay; a carriage return before a line feed goes. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(DECEIVING, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}
