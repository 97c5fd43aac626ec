import { Refused } from '#http-edge';

/** 422 about one field. `detail` says what is wrong and how to mend it. */
export function refusedField(pointer: string, code: string, detail: string): Refused {
  return new Refused('validation_failed', `${pointer}: ${detail}`, { errors: [{ pointer, code, detail }] });
}
