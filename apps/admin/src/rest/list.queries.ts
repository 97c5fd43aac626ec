import type { DeliveryStatus } from '#domain';
import { Described } from '#http-edge';
import { codeClasses, type CodeClass } from '#read-model';
import { IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IsMoment } from './is-moment.ts';
import { MayBeAbsent } from './may-be-absent.ts';

export const deliveryStatuses: readonly DeliveryStatus[] = [
  'pending',
  'delivered',
  'failed',
  'expired',
  'held',
  'cancelled',
];

/** The query of every call: `tenant` is read by the guard. */
export class TenantQuery {
  @Described('For root keys: the tenant that the call acts for.')
  @MayBeAbsent()
  @Length(1, 100)
  @IsString()
  tenant?: string;
}

export class OnePageQuery extends TenantQuery {
  @Described('"next" of the page before.')
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  after?: string;
}

export class ListQuery extends OnePageQuery {
  @Described('How many at most, 1 to 100.')
  @MayBeAbsent()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a whole number from 1 to 100' })
  limit?: string;
}

export class TwoWayQuery extends ListQuery {
  @Described('"previous" of the page after.')
  @MayBeAbsent()
  @MaxLength(2_000)
  @IsString()
  before?: string;
}

export class QuarantineQuery extends TwoWayQuery {}

/** What happened, newest first. */
export class EventsQuery extends TwoWayQuery {
  @Described('An event type.')
  @MayBeAbsent()
  @Length(1, 128)
  @IsString()
  type?: string;

  @Described('Accepted at or after this moment.')
  @MayBeAbsent()
  @IsMoment()
  since?: string;

  @Described('Accepted before this moment.')
  @MayBeAbsent()
  @IsMoment()
  until?: string;
}

export class DeliveriesQuery extends EventsQuery {
  @Described('Those of one webhook.')
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  webhook?: string;

  @Described('Those of one event.')
  @MayBeAbsent()
  @Length(1, 200)
  @IsString()
  event?: string;

  @Described('Those that stand so now.')
  @MayBeAbsent()
  @IsIn(deliveryStatuses)
  status?: DeliveryStatus;

  @Described('What the endpoint answered last; none: it has given no answer.')
  @MayBeAbsent()
  @IsIn(codeClasses)
  code_class?: CodeClass;
}

export function limitOf(query: ListQuery): number | undefined {
  return query.limit === undefined ? undefined : Number(query.limit);
}

/** Epoch ms. */
export function spanOf({ since, until }: EventsQuery): {
  readonly since: number | undefined;
  readonly until: number | undefined;
} {
  const read = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return { since: read(since), until: read(until) };
}

export function deliveriesFilter(query: DeliveriesQuery) {
  const { webhook, event, status, type, code_class: codeClass, after, before } = query;
  return { endpointId: webhook, eventId: event, status, type, codeClass, ...spanOf(query), after, before };
}
