import { refusedDto } from '#http-edge';
import { validate } from 'class-validator';
import { refusedField } from '../use-cases/refused-field.ts';

/**
 * An instance of the class, with the fields that were given. Nothing that the class does not name gets through: a
 * misspelt field is told (422), never ignored. Nothing at all is an empty object.
 */
export async function checkedDto<T extends object>(type: new () => T, given: unknown): Promise<T> {
  if (given !== undefined && (given === null || typeof given !== 'object' || Array.isArray(given))) {
    throw refusedField('', 'is_object', 'the body must be a JSON object');
  }
  const dto = new type();
  for (const [name, value] of Object.entries(given ?? {})) {
    // Never by assignment: "__proto__" is a field like any other here, and an unknown one.
    Object.defineProperty(dto, name, { value, enumerable: true, writable: true, configurable: true });
  }
  const found = await validate(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (found.length > 0) throw refusedDto(found);
  return dto;
}
