import { Described } from '#http-edge';
import { IsString, Length, Matches } from 'class-validator';
import { TenantQuery } from './list.queries.ts';
import { MayBeAbsent } from './may-be-absent.ts';

export class ActivityQuery extends TenantQuery {
  @Described('Ids of up to 100 webhooks, separated by commas; absent: the first 100.')
  @MayBeAbsent()
  @Matches(/^[^,]+(,[^,]+)*$/, { message: 'webhooks must be ids separated by commas' })
  @Length(1, 12_000)
  @IsString()
  webhooks?: string;
}
