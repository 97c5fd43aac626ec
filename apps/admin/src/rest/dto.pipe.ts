import { refusedDto } from '#http-edge';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { validate } from 'class-validator';
import { refusedField } from '../use-cases/refused-field.ts';

/**
 * Checks a body or a query against its DTO class, and lets nothing through that the class does not name: a misspelt
 * field is told (422), never ignored. No body at all is an empty one.
 */
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if ((type !== 'body' && type !== 'query') || metatype === undefined) return value;
    if (value !== undefined && (value === null || typeof value !== 'object' || Array.isArray(value))) {
      throw refusedField('', 'is_object', 'the body must be a JSON object');
    }
    const dto = Reflect.construct(metatype, []) as object;
    for (const [name, given] of Object.entries(value ?? {})) {
      // Never by assignment: "__proto__" is a field like any other here, and an unknown one.
      Object.defineProperty(dto, name, {
        value: given,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    const found = await validate(dto, {
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
    });
    if (found.length > 0) throw refusedDto(found);
    return dto;
  }
}
