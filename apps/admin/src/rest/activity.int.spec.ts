import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';

const NOW = Date.UTC(2026, 10, 28, 12, 34, 56);
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 28, 12);

interface Shown {
  readonly webhook_id: string;
  readonly success_ratio: number | null;
  readonly hours: readonly { readonly at: string }[];
}

describe('GET /activity', () => {
  let world: AdminWorld;
  let key: string;
  let busy: string;
  let quiet: string;

  beforeAll(async () => {
    world = await AdminWorld.start({ now: () => NOW });
    ({ key } = await world.tenant('hyprwatch'));
    busy = await world.webhook(key);
    quiet = await world.webhook(key);
    world.history.hours.push(
      { endpointId: busy, hour: NOON - 23 * HOUR, deliveries: 1, delivered: 0, failed: 1 },
      { endpointId: busy, hour: NOON, deliveries: 10, delivered: 7, failed: 1 },
    );
  });
  afterAll(() => world.close());

  const shown = async (query: string, by = key) => {
    const { status, body } = await world.send('GET', `/activity${query}`, { key: by });
    return { status, data: body['data'] as Shown[], body };
  };

  it('shows the last 24 hours of each webhook that is named, quiet hours and quiet webhooks too', async () => {
    const { status, data } = await shown(`?webhooks=${quiet},${busy}`);
    expect([status, data.map((each) => each.webhook_id)]).toEqual([200, [quiet, busy]]);
    expect(data[0]).toMatchObject({ deliveries: 0, delivered: 0, failed: 0, success_ratio: null });
    expect(data[1]).toMatchObject({ deliveries: 11, delivered: 7, failed: 2, success_ratio: 7 / 9 });
    for (const { hours } of data) {
      expect(hours).toHaveLength(24);
      expect([hours[0]?.at, hours[23]?.at]).toEqual(['2026-11-27T13:00:00.000Z', '2026-11-28T12:00:00.000Z']);
    }
    expect(data[1]?.hours[23]).toMatchObject({ deliveries: 10, delivered: 7, failed: 1 });
  });

  it('shows all of the caller’s where none is named', async () => {
    const all = (await shown('')).data.map((each) => each.webhook_id);
    expect(all.sort()).toEqual([busy, quiet].sort());
    const other = await world.tenant('hyprwatch');
    expect((await shown('', other.key)).data).toEqual([]);
  });

  it('knows nothing of another’s, and refuses too many', async () => {
    const other = await world.tenant('hyprwatch');
    expect((await shown(`?webhooks=${busy}`, other.key)).status).toBe(404);
    const many = Array.from({ length: 101 }, (_, n) => `wh_${n}`).join(',');
    expect((await shown(`?webhooks=${many}`)).body).toMatchObject({ code: 'validation_failed' });
    expect((await shown('?webhooks=a,,b')).body).toMatchObject({ code: 'validation_failed' });
  });

  it('says that the history is away', async () => {
    world.history.down = true;
    expect((await shown('')).status).toBe(503);
    world.history.down = false;
  });
});
