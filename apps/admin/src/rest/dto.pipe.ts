import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { checkedDto } from './checked-dto.ts';

/** Checks a body or a query against its DTO class. */
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if ((type !== 'body' && type !== 'query') || metatype === undefined) return value;
    return checkedDto(metatype as new () => object, value);
  }
}
