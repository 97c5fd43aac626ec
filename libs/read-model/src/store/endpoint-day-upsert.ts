import type { EndpointDayRow } from '../entities/endpoint-day-row.ts';
import type { AttemptChange } from './attempt-insert.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const DAY_MS = 86_400_000;

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Adds up what new attempts mean for their endpoints' days. Tests are never counted in health (DESIGN §8). */
export function countByDay(attempts: Iterable<AttemptChange>): EndpointDayRow[] {
  const days = new Map<string, Writable<EndpointDayRow>>();
  for (const attempt of attempts) {
    if (attempt.askedBy === 'test') continue;
    const { endpointId, tenantId, at } = attempt;
    const key = `${Math.floor(at / DAY_MS)} ${endpointId}`;
    let row = days.get(key);
    if (row === undefined) {
      row = { ...none, endpointId, tenantId, day: new Date(at).toISOString().slice(0, 10) };
      days.set(key, row);
    }
    if (attempt.startedAt !== null) {
      row.attempts += 1;
      if (attempt.kind !== 'delivered') row.failedAttempts += 1;
    }
    if (attempt.kind !== 'retry') row[attempt.kind] += 1;
  }
  return [...days.values()];
}

const none = { attempts: 0, failedAttempts: 0, delivered: 0, failed: 0, expired: 0, held: 0, cancelled: 0 };

const key: readonly BulkColumn<EndpointDayRow>[] = [
  { name: 'endpoint_id', kind: 'text', of: (row) => row.endpointId },
  { name: 'day', kind: 'date', of: (row) => row.day },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
];

const counts: readonly BulkColumn<EndpointDayRow>[] = [
  { name: 'attempts', kind: 'int', of: (row) => row.attempts },
  { name: 'failed_attempts', kind: 'int', of: (row) => row.failedAttempts },
  { name: 'delivered', kind: 'int', of: (row) => row.delivered },
  { name: 'failed', kind: 'int', of: (row) => row.failed },
  { name: 'expired', kind: 'int', of: (row) => row.expired },
  { name: 'held', kind: 'int', of: (row) => row.held },
  { name: 'cancelled', kind: 'int', of: (row) => row.cancelled },
];

const sums = counts.map(({ name }) => `${name} = t.${name} + excluded.${name}`).join(', ');

const days = bulkTable(
  'endpoint_days',
  [...key, ...counts],
  `ON CONFLICT (endpoint_id, day) DO UPDATE SET ${sums}`,
);

export function upsertEndpointDays(rows: readonly EndpointDayRow[]): Statement {
  return statementOf(days, rows);
}
