import type { IfMatch } from '../use-cases/if-match.ts';
import { refusedField } from '../use-cases/refused-field.ts';

/** In REST the path cannot be without one. */
export function requiredId(id: string | undefined): string {
  if (id !== undefined) return id;
  throw refusedField('/id', 'required', 'is required; name the one that is meant');
}

/** Only over this version; absent: whichever it is. */
export function onlyVersion(version: number | undefined): IfMatch {
  return version === undefined ? undefined : [version];
}
