import type { FieldCondition } from '#http-edge';
import { ValidateIf } from 'class-validator';

const conditionOf = (mayBeNull: boolean): { readonly context: FieldCondition } => ({
  context: { mayBeAbsent: true, mayBeNull },
});

/** May be left out. Unlike `IsOptional`, null is a value here, and wrong unless the field says otherwise. */
export const MayBeAbsent = (): PropertyDecorator =>
  ValidateIf((_, value) => value !== undefined, conditionOf(false));

/** May be left out, or be null, which means something of its own. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_, value) => value !== undefined && value !== null, conditionOf(true));
