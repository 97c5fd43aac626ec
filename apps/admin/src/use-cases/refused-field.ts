import { Refused } from '#http-edge';

/** 422 about one field (pointer '': the whole body). `detail` says what is wrong and how to mend it. */
export function refusedField(pointer: string, code: string, detail: string): Refused {
  return new Refused('validation_failed', pointer === '' ? detail : `${pointer}: ${detail}`, {
    errors: [{ pointer, code, detail }],
  });
}

/** A name as one step of a pointer (RFC 6901). */
export function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
