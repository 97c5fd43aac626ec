import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminWorld } from '../../fixtures/admin-world.ts';
import { eventRow } from '../../fixtures/rows.ts';

let world: AdminWorld;

beforeAll(async () => {
  world = await AdminWorld.start();
  world.history.events.push(
    eventRow({ tenantId: 'acme', id: 'evt_1', body: Buffer.from('{"email":"ada@x.test"}') }),
    eventRow({ tenantId: 'acme', id: 'evt_2', body: Buffer.from('{"email":"bob@x.test"}') }),
    eventRow({ tenantId: 'gone', id: 'evt_3', body: Buffer.from('{}') }),
  );
  await world.send('POST', '/tenants', { body: { id: 'acme', name: 'Acme' } });
});
afterAll(() => world.close());

const erase = (id: string, body: unknown, key?: string) =>
  world.send('POST', `/tenants/${id}/erase`, { body, ...(key === undefined ? {} : { key }) });
const factAt = async (position: number) => {
  const record = await world.log.readOne('control', 0, position);
  return { actor: record?.headers['actor'], fact: JSON.parse(Buffer.from(record!.value).toString()) };
};

describe('erasing', () => {
  it.each([
    [{}, null],
    [{ event_ids: ['evt_1', 'evt_2'] }, ['evt_1', 'evt_2']],
    [{ match: { pointer: '/email', equals: 'ada@x.test' } }, ['evt_1']],
  ])('%j is a fact that says who asked, and what is meant', async (body, eventIds) => {
    const before = world.control.position;
    const answer = await erase('acme', body);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      tenant: 'acme',
      events: eventIds?.length ?? null,
      accepted_until: expect.any(String),
    });
    expect(await factAt(before)).toMatchObject({
      actor: 'key:key_root',
      fact: { type: 'data.erased', tenantId: 'acme', eventIds },
    });
    expect(Number(answer.headers['hyperhook-control-position'])).toBe(before + 1);
  });

  it('what nothing matches leaves no fact', async () => {
    const before = world.control.position;
    const answer = await erase('acme', { match: { pointer: '/email', equals: 'eve@x.test' } });
    expect(answer.body).toMatchObject({ events: 0 });
    expect(world.control.position).toBe(before);
  });

  it('also of a tenant that is deleted and left history behind; one that never was is not there', async () => {
    expect((await erase('gone', {})).status).toBe(202);
    expect((await erase('never', {})).status).toBe(404);
  });

  it('of a root key that acts for one tenant reaches no other', async () => {
    const { id } = await world.tenant('hyprwatch');
    const before = world.control.position;
    for (const other of ['acme', 'gone']) {
      const answer = await world.send('POST', `/tenants/${other}/erase?tenant=${id}`, { body: {} });
      expect(answer).toMatchObject({ status: 404, body: { detail: 'no such tenant' } });
    }
    expect(world.control.position).toBe(before);
  });

  it('is the operator’s, and says what is wrong', async () => {
    const { key } = await world.tenant('hyprwatch');
    expect((await erase('acme', {}, key)).body).toMatchObject({ code: 'missing_scope' });
    const cases = [
      [{ event_ids: [] }, '/event_ids'],
      [{ evnet_ids: ['x'] }, '/evnet_ids'],
      [{ event_ids: ['x'], match: { pointer: '/a', equals: 1 } }, '/match'],
      [{ match: { pointer: 'email', equals: 'x' } }, '/match/pointer'],
      [{ match: { pointer: '/email', equals: {} } }, '/match/equals'],
      [{ match: { pointer: '/email' } }, '/match/equals'],
    ] as const;
    for (const [body, pointer] of cases) {
      const refused = await erase('acme', body);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    }
  });

  it('waits for nothing but control: without PostgreSQL a known tenant can be erased, a search cannot', async () => {
    world.history.down = true;
    try {
      expect((await erase('acme', {})).status).toBe(202);
      expect((await erase('acme', { match: { pointer: '/email', equals: 'x' } })).status).toBe(503);
    } finally {
      world.history.down = false;
    }
  });
});

describe('a backup', () => {
  it('is for root keys, leaves a fact, and holds every record with its offset', async () => {
    const before = world.control.position;
    const answer = await world.app.inject({
      method: 'GET',
      url: '/api/v1/backup',
      headers: { authorization: `Bearer ${world.rootKey}` },
    });
    // The installation of this world was never created: there is nothing to restore it as.
    expect(answer.statusCode).toBe(503);
    expect(world.control.position).toBe(before);
    await world.writer.fact(
      { type: 'installation.created', partitions: 4, timeScale: 1, at: 1 },
      'installation',
    );
    const taken = await world.app.inject({
      method: 'GET',
      url: '/api/v1/backup',
      headers: { authorization: `Bearer ${world.rootKey}` },
    });
    const lines = taken.payload
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ kind: 'hyperhook.backup', version: 1, partitions: 4, end: before + 2 });
    expect(lines.slice(1, -1).map(({ offset }) => offset)).toEqual([...Array(before + 2).keys()]);
    expect(lines.at(-1)).toMatchObject({ kind: 'end', records: before + 2 });
    expect(await factAt(before + 1)).toMatchObject({
      fact: { type: 'installation.exported', what: 'backup' },
    });
    const { key } = await world.tenant('hyprwatch');
    expect((await world.send('GET', '/backup', { key })).status).toBe(403);
  });
});
