import { ValidateBy } from 'class-validator';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** `2026-11-21T12:00:00Z`, or with an offset: a moment that nobody can read in two ways. Read it by `Date.parse`. */
export const IsMoment = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMoment',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        RFC_3339.test(value) &&
        isRealDay(value) &&
        !Number.isNaN(Date.parse(value)),
      defaultMessage: () => 'must be a time like 2026-11-21T12:00:00Z (RFC 3339)',
    },
  });

/** `Date.parse` reads 30 February as 2 March. */
function isRealDay(value: string): boolean {
  const day = value.slice(0, 10);
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}
