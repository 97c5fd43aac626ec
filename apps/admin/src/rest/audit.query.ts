import { IsISO8601, IsString, Length, MaxLength } from 'class-validator';
import { ListQuery } from './list.queries.ts';
import { MayBeAbsent } from './may-be-absent.ts';

/** GET /audit */
export class AuditQuery extends ListQuery {
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  before?: string;

  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  actor?: string;

  @MayBeAbsent()
  @Length(1, 64)
  @IsString()
  type?: string;

  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  subject?: string;

  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  since?: string;

  @MayBeAbsent()
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string;
}
