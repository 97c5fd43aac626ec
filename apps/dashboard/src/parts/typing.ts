/** A field and the address that keeps its value: what stands in the field, what it asked for last, and what the address said last. */
export interface Typing {
  readonly text: string;
  readonly asked: string;
  readonly known: string;
}

export function typedOf(value: string): Typing {
  return { text: value, asked: value, known: value };
}

export function typed(before: Typing, text: string): Typing {
  return { ...before, text };
}

export function askedFor(before: Typing, text: string): Typing {
  return { ...before, asked: text.trim() };
}

/** The same object where the address says nothing new. What the field asked for itself leaves alone what was typed since. */
export function followed(before: Typing, value: string): Typing {
  if (value === before.known) return before;
  return value === before.asked ? { ...before, known: value } : typedOf(value);
}
