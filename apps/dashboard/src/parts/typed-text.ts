import { useState } from 'react';
import { askedFor, followed, typed, typedOf } from './typing.ts';

/**
 * Text of a field whose value stands in the address. The field is never made anew, which would take the focus from who types: it
 * follows the address where a link or the browser's "back" changed it, and not where it was the field that did.
 */
export function useTypedText(value: string) {
  const [state, setState] = useState(() => typedOf(value));
  const now = followed(state, value);
  // React draws again at once where a state is set while it draws.
  if (now !== state) setState(now);
  return {
    text: now.text,
    type: (text: string) => setState((before) => typed(before, text)),
    /** What is asked for with a text, which the address will then say. */
    ask: (text: string): string => {
      setState((before) => askedFor(before, text));
      return text.trim();
    },
  };
}
