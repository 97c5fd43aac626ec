import { describe, expect, it } from '@jest/globals';
import { plainToInstance, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Min, validateSync, ValidateNested } from 'class-validator';
import 'reflect-metadata';
import { dtoErrors, refusedDto } from './dto-errors.ts';

class Limits {
  @IsInt()
  @Min(1)
  perSecond!: number;
}

class Webhook {
  @IsString()
  url!: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Limits)
  limits?: Limits[];
}

const found = (body: object) =>
  validateSync(plainToInstance(Webhook, body), { whitelist: true, forbidNonWhitelisted: true });

describe('dtoErrors', () => {
  it('points into nested values', () => {
    expect(dtoErrors(found({ url: 'x', limits: [{ perSecond: 1 }, { perSecond: 0 }] }))).toEqual([
      { pointer: '/limits/1/perSecond', code: 'min', detail: 'perSecond must not be less than 1' },
    ]);
  });

  it('names the known fields beside an unknown one, and escapes its name', () => {
    expect(dtoErrors(found({ url: 'x', 'ur/l~': 1 }))).toEqual([
      {
        pointer: '/ur~1l~0',
        code: 'unknown_field',
        detail: 'no such field; the known ones are: url, limits',
      },
    ]);
  });

  it('makes one 422 that says all of it', () => {
    const refused = refusedDto(found({ url: 7 }));
    expect(refused).toMatchObject({ code: 'validation_failed', message: '/url: url must be a string' });
    expect(refused.errors).toEqual([{ pointer: '/url', code: 'is_string', detail: 'url must be a string' }]);
  });
});
