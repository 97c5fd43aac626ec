const unfit = /[\0\p{Surrogate}]/u;
const allUnfit = /[\0\p{Surrogate}]/gu;

/**
 * PostgreSQL takes neither NUL nor half a surrogate pair in text and jsonb; customers and receivers may send both.
 * They become U+FFFD, as in any decoder: one strange character must not stop a projection.
 */
export function safeText(value: string): string {
  // Nearly all texts are fit: looking is cheaper than replacing nothing.
  return unfit.test(value) ? value.replace(allUnfit, '\uFFFD') : value;
}

export function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? safeText(part) : part));
}
