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
  const dto = filled(type, given ?? {});
  const found = await validate(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (found.length > 0) throw refusedDto(found);
  return dto;
}

const plain: readonly unknown[] = [Object, Array, String, Number, Boolean];

/** An object within the body becomes one of the class that its field is declared with, and is checked by that one. */
function filled<T extends object>(type: new () => T, given: object): T {
  const dto = new type();
  for (const [name, value] of Object.entries(given)) {
    const declared: unknown = Reflect.getMetadata('design:type', dto, name);
    const isNested = typeof declared === 'function' && !plain.includes(declared) && isPlain(value);
    // Never by assignment: "__proto__" is a field like any other here, and an unknown one.
    Object.defineProperty(dto, name, {
      value: isNested ? filled(declared as new () => object, value) : value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return dto;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
