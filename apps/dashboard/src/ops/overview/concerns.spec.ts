import { describe, expect, it } from '@jest/globals';
import type { Stats } from '../ops-schema.ts';
import { concernsOf } from './concerns.ts';

const well: Stats = {
  window_seconds: 300,
  rates: { accepted_per_second: 2, attempts_per_second: 2, delivered_per_second: 2 },
  attempts: {
    made: 600,
    delivered: 600,
    success_ratio: 1,
    duration_seconds: { p50: 0.01, p95: 0.02, p99: 0.03 },
  },
  end_to_end_seconds: { p50: 0.02, p95: 0.05, p99: 0.1 },
  endpoints: { active: 4, off: 0, failed: 0 },
  backlog: [],
  backlog_by_age: [],
  tiers: [],
  worst_endpoints: [],
  disabled_today: [],
  quarantined: 0,
  tables_written_at: '2026-11-28T12:00:00.000Z',
};
const aboutOf = (stats: Stats) => concernsOf(stats).map(({ concern, grave }) => [concern.about, grave]);
const overdue = (seconds: number): Stats['backlog'] => [
  {
    due: 'overdue',
    deliveries: 3,
    oldest_due_seconds: seconds,
    oldest_accepted_at: '2026-11-28T11:00:00.000Z',
  },
];
const attempts = (made: number, ratio: number | null): Stats['attempts'] => ({
  ...well.attempts,
  made,
  success_ratio: ratio,
});

describe('what an operator has to know', () => {
  it('is nothing where all is well', () => {
    expect(concernsOf(well)).toEqual([]);
  });

  it('is that deliveries are late, not that they are due', () => {
    expect(aboutOf({ ...well, backlog: overdue(20) })).toEqual([]);
    expect(aboutOf({ ...well, backlog: overdue(61) })).toEqual([['overdue', false]]);
    expect(aboutOf({ ...well, backlog: overdue(900) })).toEqual([['overdue', true]]);
  });

  it('is that attempts fail, where there are enough of them', () => {
    expect(aboutOf({ ...well, attempts: attempts(600, 0.95) })).toEqual([]);
    expect(aboutOf({ ...well, attempts: attempts(600, 0.9) })).toEqual([['success', false]]);
    expect(aboutOf({ ...well, attempts: attempts(600, 0.3) })).toEqual([['success', true]]);
    expect(aboutOf({ ...well, attempts: attempts(3, 0) })).toEqual([]);
    expect(aboutOf({ ...well, attempts: attempts(0, null) })).toEqual([]);
  });

  it('is that nobody does a part of the work, where it is known who is there', () => {
    const process = (role: string) => ({
      id: role,
      role,
      host: 'node-1',
      pid: 7,
      version: '1.0.0',
      started_at: '2026-11-28T11:00:00.000Z',
      told_at: '2026-11-28T12:00:00.000Z',
      in_flight: null,
      partitions: [],
    });
    const all = ['admin', 'ingestion', 'dispatcher', 'projector'].map(process);
    expect(concernsOf(well, all)).toEqual([]);
    expect(concernsOf(well, all.slice(0, 3))).toEqual([
      { concern: { about: 'missing', roles: ['projector'] }, grave: true },
    ]);
    expect(concernsOf(well, undefined)).toEqual([]);
  });

  it('names the gravest first', () => {
    const disabled = {
      webhook_id: 'wh_1',
      tenant: 'acme',
      origin: 'https://a.example',
      reason: 'gone',
      disabled_at: '2026-11-28T12:00:00.000Z',
    };
    expect(
      aboutOf({
        ...well,
        attempts: attempts(600, 0.9),
        quarantined: 1,
        disabled_today: [disabled],
        rates: { ...well.rates, accepted_per_second: 0 },
      }),
    ).toEqual([
      ['quarantine', true],
      ['success', false],
      ['disabled', false],
      ['silence', false],
    ]);
  });
});
