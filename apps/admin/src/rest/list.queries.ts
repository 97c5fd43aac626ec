import type { DeliveryStatus } from '#domain';
import { IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from './may-be-absent.ts';

const statuses: readonly DeliveryStatus[] = [
  'pending',
  'delivered',
  'failed',
  'expired',
  'held',
  'cancelled',
];

/** The query of every call: `tenant` is read by the guard. */
export class TenantQuery {
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;
}

export class OnePageQuery extends TenantQuery {
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  after?: string;
}

export class ListQuery extends OnePageQuery {
  @MayBeAbsent()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a whole number from 1 to 100' })
  limit?: string;
}

export class TwoWayQuery extends ListQuery {
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  before?: string;
}

export class QuarantineQuery extends TwoWayQuery {}

export class EventsQuery extends TwoWayQuery {
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;
}

export class DeliveriesQuery extends EventsQuery {
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  webhook?: string;

  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  event?: string;

  @MayBeAbsent()
  @IsIn(statuses)
  status?: DeliveryStatus;
}

export function limitOf(query: ListQuery): number | undefined {
  return query.limit === undefined ? undefined : Number(query.limit);
}
