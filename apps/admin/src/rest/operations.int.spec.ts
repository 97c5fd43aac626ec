import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { anOverview } from '../../fixtures/rows.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
});

afterAll(() => world.close());

beforeEach(() => {
  world.history.down = false;
  world.history.overviewNow = anOverview();
});

describe('operations', () => {
  it('tell the last hour minute by minute, to operators alone', async () => {
    world.history.minutes.push({ at: Date.UTC(2026, 10, 28, 12), accepted: 3, attempts: 5, delivered: 2 });
    expect((await world.send('GET', '/stats/minutes')).body).toEqual({
      data: [{ at: '2026-11-28T12:00:00.000Z', accepted: 3, attempts: 5, delivered: 2 }],
    });
    const { key } = await world.tenant('hyprwatch');
    expect((await world.send('GET', '/stats/minutes', { key })).status).toBe(403);
  });

  it('tell rates, percentiles, what waits and who is worst', async () => {
    const { status, body } = await world.send('GET', '/stats');
    expect(status).toBe(200);
    expect(body).toEqual({
      window_seconds: 300,
      rates: { accepted_per_second: 2, attempts_per_second: 3, delivered_per_second: 2.7 },
      attempts: {
        made: 900,
        delivered: 810,
        success_ratio: 0.9,
        duration_seconds: { p50: 0.04, p95: 0.5, p99: 2 },
      },
      end_to_end_seconds: { p50: 0.05, p95: 1.5, p99: 20 },
      backlog_by_age: [{ age: 'under_10m', pending: 3, held: 4 }],
      endpoints: { active: 7, off: 1, failed: 1 },
      backlog: [
        {
          due: 'overdue',
          deliveries: 3,
          oldest_due_seconds: 90,
          oldest_accepted_at: '2023-11-14T22:13:20.000Z',
        },
        {
          due: 'held',
          deliveries: 4,
          oldest_due_seconds: null,
          oldest_accepted_at: '2023-11-14T22:13:20.000Z',
        },
      ],
      tiers: [
        { tier: '5m', deliveries: 3, oldest_due_at: '2023-11-14T22:18:20.000Z', oldest_due_seconds: 90 },
      ],
      worst_endpoints: [
        {
          webhook_id: 'wh_one',
          tenant: 'ten_one',
          origin: 'https://example.com',
          status: 'failed',
          attempts: 90,
          failed_attempts: 90,
        },
      ],
      disabled_today: [
        {
          webhook_id: 'wh_one',
          tenant: 'ten_one',
          origin: 'https://example.com',
          reason: 'attempts_exhausted',
          disabled_at: '2023-11-14T22:13:20.000Z',
        },
      ],
      quarantined: 2,
      tables_written_at: '2023-11-14T22:13:20.000Z',
    });
  });

  it('tell no ratio of nothing', async () => {
    const attempts = { made: 0, delivered: 0, p50: null, p95: null, p99: null };
    world.history.overviewNow = anOverview({ attempts, writtenAt: null });
    expect((await world.send('GET', '/stats')).body).toMatchObject({
      attempts: { success_ratio: null },
      tables_written_at: null,
    });
  });

  it('list what nobody could read, with the reason', async () => {
    world.history.quarantined.push({
      topic: 'retry.5m',
      partition: 3,
      offset: 77,
      reason: 'header attempt is not a decimal number',
      at: 1_700_000_000_000,
      reportOffset: 0,
    });
    expect((await world.send('GET', '/quarantine?limit=10')).body).toEqual({
      data: [
        {
          topic: 'retry.5m',
          partition: 3,
          offset: 77,
          reason: 'header attempt is not a decimal number',
          at: '2023-11-14T22:13:20.000Z',
          redriven_at: null,
        },
      ],
      next: null,
      previous: null,
    });
  });

  it.each(['/stats', '/quarantine'])('%s is for operators, and says when it cannot know', async (path) => {
    const { key } = await world.tenant('hyprwatch');
    expect(await world.send('GET', path, { key: null })).toMatchObject({ status: 401 });
    expect(await world.send('GET', path, { key })).toMatchObject({
      status: 403,
      body: { code: 'missing_scope' },
    });
    expect(await world.send('GET', `${path}?since=yesterday`)).toMatchObject({ status: 422 });
    world.history.down = true;
    expect(await world.send('GET', path)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });
});
