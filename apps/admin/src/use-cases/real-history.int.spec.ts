import { openReadModel, type ReadModel } from '#read-model';
import { startPostgres, type PostgresForTests } from '#testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { DELIVERY_ID } from '../../fixtures/rows.ts';

describe('history in a real PostgreSQL', () => {
  let postgres: PostgresForTests;
  let model: ReadModel;
  let world: AdminWorld;

  beforeAll(async () => {
    postgres = await startPostgres();
    model = await openReadModel({ connectionString: postgres.connectionString });
    await model.migrate();
    world = await AdminWorld.start({ history: model.queries });
  }, 60_000);

  afterAll(async () => {
    await world?.close();
    await model?.close().catch(() => undefined);
    await postgres?.stop();
  });

  it('answers lists, unknown ids and bad cursors through the same calls, and 503 once it is gone', async () => {
    const { key } = await world.tenant('hyprwatch');
    const id = await world.webhook(key);
    const read = await world.send('GET', `/webhooks/${id}`, { key });
    expect(read.body).toMatchObject({ deliveries: { data: [], next: null } });
    expect((await world.send('GET', '/deliveries?status=failed', { key })).body).toEqual({
      data: [],
      next: null,
      previous: null,
    });
    expect((await world.send('GET', '/events', { key })).status).toBe(200);
    expect((await world.send('GET', '/deliveries?after=nonsense', { key })).body).toMatchObject({
      code: 'invalid_cursor',
    });
    for (const path of [`/deliveries/${DELIVERY_ID}`, '/deliveries/not-a-uuid', '/events/evt_none']) {
      expect((await world.send('GET', path, { key })).status).toBe(404);
    }
    // A NUL is legal in a URL and not in PostgreSQL's text: it must not read as an outage.
    for (const path of ['/events/evt%00', '/deliveries?webhook=wh%00']) {
      expect((await world.send('GET', path, { key })).status).toBe(422);
    }

    await postgres.stop();
    const away = await world.send('GET', '/deliveries', { key });
    expect(away.status).toBe(503);
    const still = await world.send('GET', `/webhooks/${id}`, { key });
    expect(still.body).toMatchObject({ id, deliveries: null });
  });
});
