const compiled = new Map<string, RegExp>();

/**
 * Patterns in contract files speak of the whole text. Kept once compiled: there are as many as contract files hold.
 * Throws SyntaxError for what is no regular expression.
 */
export function wholeMatch(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${pattern})$`, 'u');
  compiled.set(pattern, made);
  return made;
}
