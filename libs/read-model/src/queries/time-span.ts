import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** From `since` on, and before `until`; epoch ms. */
export interface TimeSpan {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** `column`: the time that the list is ordered by, so that the same index serves both. */
export function whereWithin<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  column: string,
  { since, until }: TimeSpan,
): void {
  if (since !== undefined) query.andWhere(`${column} >= :since`, { since: new Date(since) });
  if (until !== undefined) query.andWhere(`${column} < :until`, { until: new Date(until) });
}
