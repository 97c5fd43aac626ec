import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { StartedIngestion } from '../testing/started-ingestion.ts';

describe('publishing a batch', () => {
  let app: StartedIngestion;
  beforeAll(async () => {
    app = await StartedIngestion.start();
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
  });

  const many = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, n) => ({ id: `${prefix}-${n}`, type: 'a.b', data: { n } }));

  it('accepts 1,000 events at once, in their order', async () => {
    const events = many(1_000, 'full');
    const answer = await app.publish(events);
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual(events.map(({ id }) => ({ id, status: 'accepted' })));
    const durable = (await app.events()).map((event) => event.eventId);
    expect(durable).toEqual(events.map(({ id }) => id));
  });

  it.each([
    [1_001, 'more'],
    [0, 'none'],
  ])('refuses %i events as a whole', async (count, told) => {
    const answer = await app.publish(many(count, 'sized'));
    expect(answer).toMatchObject({
      status: 422,
      json: { code: 'validation_failed', detail: expect.stringContaining(`this one has ${told}`) },
    });
    expect((await app.events()).some((event) => event.eventId.startsWith('sized'))).toBe(false);
  });

  it('answers 207 in order where some are refused, with pointers into the body', async () => {
    const answer = await app.publish([
      { id: 'mixed-0', type: 'a.b', data: {} },
      { id: 'mixed-1', typ: 'a.b' },
      'text',
      { id: 'mixed-0', type: 'a.b', data: {} },
      { id: 'mixed-4', type: 'a.b', data: { x: 'y'.repeat(262_144) } },
      { id: 'mixed-5', type: 'a.b', tenant: 'watch' },
      { id: 'mixed-6', type: 'a.b', data: {} },
    ]);
    expect(answer.status).toBe(207);
    const refused = (status: number, ...pointers: string[]) => ({
      status: 'refused',
      problem: expect.objectContaining({
        status,
        errors: pointers.map((pointer) => expect.objectContaining({ pointer })),
      }),
    });
    expect(answer.json).toEqual([
      { id: 'mixed-0', status: 'accepted' },
      refused(422, '/1/typ', '/1/type'),
      refused(422, '/2'),
      { id: 'mixed-0', status: 'duplicate' },
      refused(413, '/4/data'),
      refused(404, '/5/tenant'),
      { id: 'mixed-6', status: 'accepted' },
    ]);
    const durable = (await app.events()).map((event) => event.eventId).filter((id) => id.startsWith('mixed'));
    expect(durable).toEqual(['mixed-0', 'mixed-6']);
  });

  it('answers 207, not 4xx, where every single one is refused', async () => {
    const answer = await app.publish([{ type: 7 }]);
    expect(answer).toMatchObject({ status: 207, json: [{ status: 'refused', problem: { status: 422 } }] });
  });

  it('refuses all of a batch with one byte that is not UTF-8: nobody knows where an event ends', async () => {
    const body = Buffer.concat([
      Buffer.from('[{"id":"utf-0","type":"a.b"},{"id":"utf-1","type":"'),
      Buffer.from([0xc0, 0xaf]),
      Buffer.from('"}]'),
    ]);
    expect(await app.publish(body)).toMatchObject({ status: 400, json: { code: 'invalid_utf8' } });
    expect((await app.events()).some((event) => event.eventId.startsWith('utf'))).toBe(false);
  });

  it('lets the root key publish for several tenants, and refuses those without the plan one by one', async () => {
    const answer = await app.publish(
      [
        { type: 'a.b', tenant: 'acme', data: {} },
        { type: 'a.b', tenant: 'free', data: {} },
        { type: 'a.b', data: {} },
      ],
      { headers: { authorization: 'Bearer root' } },
    );
    expect(answer).toMatchObject({
      status: 207,
      json: [
        { status: 'accepted' },
        { problem: { status: 403, code: 'not_entitled' } },
        { problem: { status: 422, errors: [{ pointer: '/2/tenant' }] } },
      ],
    });
  });
});
