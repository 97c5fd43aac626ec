/**
 * Text as a string literal that JavaScript, Python and Go read alike, in double quotes. What editors and terminals change or hide is
 * escaped; letters of all languages stay readable.
 */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    escapeOf(character.codePointAt(0) ?? 0),
  );
}

/** Beyond four digits the three languages differ; such invisible characters stay as they are. */
function escapeOf(code: number): string {
  return code > 0xffff ? String.fromCodePoint(code) : `\\u${code.toString(16).padStart(4, '0')}`;
}
