import { Described } from '#http-edge';
import { IsIn } from 'class-validator';
import { TenantQuery } from './list.queries.ts';
import { MayBeAbsent } from './may-be-absent.ts';

export class LiveQuery extends TenantQuery {
  @Described('For operators: true also sends what GET /stats answers, once a second.')
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  stats?: 'true' | 'false';
}
