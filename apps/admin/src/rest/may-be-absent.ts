import { ValidateIf } from 'class-validator';

/** May be left out. Unlike `IsOptional`, null is a value here, and wrong unless the field says otherwise. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** May be left out, or be null, which means something of its own. */
export const MayBeNull = (): PropertyDecorator =>
  ValidateIf((_, value) => value !== undefined && value !== null);
