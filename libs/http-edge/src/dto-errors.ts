import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FieldProblem } from './problem.ts';
import { Refused } from './refused.ts';

/**
 * class-validator's findings with JSON pointers. Run it with `whitelist` and `forbidNonWhitelisted`, so that a field
 * nobody reads is an error: a misspelt `evnets` must not silently subscribe to everything.
 */
export function dtoErrors(found: readonly ValidationError[], at = ''): readonly FieldProblem[] {
  return found.flatMap((error) => {
    const pointer = `${at}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) =>
      constraint === 'whitelistValidation'
        ? { pointer, code: 'unknown_field', detail: unknownField(error) }
        : { pointer, code: snakeCase(constraint), detail: message },
    );
    return [...own, ...dtoErrors(error.children ?? [], pointer)];
  });
}

const MAX_FOUND = 20;

/** As a throwable 422, for the `exceptionFactory` of a validation pipe. */
export function refusedDto(found: readonly ValidationError[]): Refused {
  // No answer shows more; joining a million of them would only cost time.
  const errors = dtoErrors(found.slice(0, MAX_FOUND));
  const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
  return new Refused('validation_failed', detail, { errors });
}

function unknownField(error: ValidationError): string {
  const type = error.target?.constructor;
  if (type === undefined) return 'no such field; leave it out';
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const known = [...new Set(metadata.map((each) => each.propertyName))];
  return `no such field; the known ones are: ${known.join(', ')}`;
}

/** `isString` → `is_string`: codes look alike everywhere in the API. */
function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
