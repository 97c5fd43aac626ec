/**
 * PostgreSQL takes neither NUL nor half a surrogate pair in text and jsonb; customers and receivers may send both.
 * They become U+FFFD, as in any decoder: one strange character must not stop a projection.
 */
export function safeText(value: string): string {
  return value.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}

export function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? safeText(part) : part));
}
