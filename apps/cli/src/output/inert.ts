/**
 * JSON in which nothing is left that a terminal would obey: escape sequences are escaped by JSON itself, and so are here
 * the control and direction characters that JSON lets through. It is the same JSON to every parser.
 */
export function inertJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replaceAll(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
