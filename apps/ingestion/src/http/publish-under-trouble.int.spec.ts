import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { eventually } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';

const event = (id: string, data: object = {}) => ({ id, type: 'a.b', data });
const idsOf = async (app: StartedIngestion) => (await app.events()).map((each) => each.eventId);

describe('publishing while the log is in trouble', () => {
  it('answers 503 when the log takes too long, and does not append the event later', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 150 } });
    const release = app.store.stall();
    const first = app.publish(event('under-way'));
    await eventually(async () => expect(await app.ingestion.health()).toBeUndefined());
    const second = app.publish(event('gathered'));
    for (const answer of await Promise.all([first, second])) {
      expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' } });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    release();
    // The one that the log was busy with may be durable; the one that only waited was withdrawn.
    expect((await app.publish(event('after'))).status).toBe(202);
    expect(await idsOf(app)).not.toContain('gathered');
  });

  it('accepts when the log comes back in time, once', async () => {
    await using app = await StartedIngestion.start();
    app.store.failNextAppend();
    app.store.failNextAppend();
    expect(await app.publish(event('patient'))).toMatchObject({ status: 202 });
    expect(await idsOf(app)).toEqual(['patient']);
    expect(app.logged.join('')).toContain('events.append_refused');
    expect(await app.metrics.text()).toContain('hyperhook_accept_log_troubles_total 2');
  });

  it('is not ready from the first refusal on, also with nobody waiting, until the log takes something', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 100 } });
    for (let times = 0; times < 5; times += 1) app.store.failNextAppend();
    expect((await app.publish(event('refused'))).status).toBe(503);
    expect(await app.ingestion.health()).toBe('the log refuses appends');
    await eventually(async () => expect((await app.publish(event('taken'))).status).toBe(202));
    expect(await app.ingestion.health()).toBeUndefined();
  });

  it('answers a whole batch with 503 when the log took nothing of it', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 100 } });
    const release = app.store.stall();
    const answer = await app.publish([event('b-0'), { type: 7 }, event('b-1')]);
    release();
    expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  });

  it('answers 503 after the log was closed, and nothing is accepted', async () => {
    await using app = await StartedIngestion.start();
    await app.control.stop();
    await app.log.close();
    const unavailable = { status: 503, json: { code: 'unavailable' } };
    expect(await app.publish(event('closed'))).toMatchObject(unavailable);
    expect(await app.publish({ type: 'a.b', data: {} })).toMatchObject(unavailable);
    expect(await app.publish([{ type: 'a.b', data: {} }])).toMatchObject(unavailable);
  });

  it('lets a copy in flight share the fate of the first: both durable once', async () => {
    await using app = await StartedIngestion.start();
    const release = app.store.stall();
    const answers = [app.publish(event('same', { n: 1 })), app.publish(event('same', { n: 2 }))];
    await eventually(async () => {
      expect(await app.metrics.text()).toMatch(/hyperhook_accept_bytes_in_flight [1-9]/);
    });
    release();
    const states = (await Promise.all(answers)).map(({ status, json }) => [status, json]);
    expect(states).toContainEqual([202, { id: 'same', status: 'accepted' }]);
    expect(states).toContainEqual([202, { id: 'same', status: 'duplicate' }]);
    expect(await idsOf(app)).toEqual(['same']);
  });

  it('or neither accepted, and a later try is a first one again', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 150 } });
    const release = app.store.stall();
    const answers = await Promise.all([app.publish(event('again')), app.publish(event('again'))]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    release();
    expect((await app.publish(event('again'))).json).toEqual({ id: 'again', status: 'accepted' });
  });

  it('tells publishers to wait when too many bytes are in flight, and takes them again afterwards', async () => {
    await using app = await StartedIngestion.start({ config: { maxBytesInFlight: 40_000 } });
    const release = app.store.stall();
    const large = event('large', { x: 'y'.repeat(30_000) });
    const waiting = app.publish(large);
    await eventually(async () => {
      expect(await app.metrics.text()).toMatch(/hyperhook_accept_bytes_in_flight 6\d{4}/);
    });
    const refused = await app.publish(event('too-many'));
    expect(refused).toMatchObject({ status: 503, json: { code: 'overloaded' } });
    expect(refused.headers['retry-after']).toBe('1');
    release();
    expect((await waiting).status).toBe(202);
    expect((await app.publish(event('too-many'))).status).toBe(202);
    expect(await app.metrics.text()).toContain('hyperhook_accept_bytes_in_flight 0');
  });

  it('answers those under way when it stops, and takes no more', async () => {
    await using app = await StartedIngestion.start();
    const release = app.store.stall();
    const waiting = app.publish(event('last'));
    await eventually(async () => {
      expect(await app.metrics.text()).toMatch(/hyperhook_accept_bytes_in_flight [1-9]/);
    });
    const stopped = app.ingestion.stop();
    expect(await app.publish(event('late'))).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(await app.ingestion.health()).toBe('shutting down');
    release();
    await stopped;
    expect((await waiting).status).toBe(202);
    expect(await idsOf(app)).toEqual(['last']);
  });
});

describe('publishing with an echoed control position', () => {
  const echo = (app: StartedIngestion, position: number | string, key = 'acme') =>
    app.publish(event('echoed'), {
      headers: { 'hyperhook-control-position': String(position), authorization: `Bearer ${key}` },
    });

  it('waits until the own table has passed it, and stamps the event with a position not before it', async () => {
    await using app = await StartedIngestion.start();
    const position = await app.addTenant('newest', 'standard-webhooks');
    expect((await echo(app, position)).status).toBe(202);
    expect((await app.events())[0]?.controlPosition).toBeGreaterThanOrEqual(position);
  });

  it('waits for a key that is still on its way', async () => {
    await using app = await StartedIngestion.start();
    const end = app.control.position;
    const answer = echo(app, end + 1, 'fresh');
    await app.addKey('fresh', 'acme', ['events:write']);
    expect((await answer).status).toBe(202);
  });

  it('answers 401 to a key that does not arrive', async () => {
    await using app = await StartedIngestion.start();
    expect(await echo(app, 1_000_000, 'guess')).toMatchObject({ status: 401, json: { code: 'unknown_key' } });
  });

  it('answers 503 when the position does not arrive within 2 s', async () => {
    await using app = await StartedIngestion.start();
    let catchUp = () => {};
    app.log.lag = new Promise((resolve) => (catchUp = resolve));
    const position = await app.addTenant('unseen', 'standard-webhooks');
    const began = performance.now();
    const answer = await echo(app, position);
    expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect(await idsOf(app)).toEqual([]);
    catchUp();
    expect((await echo(app, position)).status).toBe(202);
  });

  it('ignores a position past the end of the topic, with an alert', async () => {
    await using app = await StartedIngestion.start();
    expect((await echo(app, 1_000_000)).status).toBe(202);
    expect(app.logged.join('')).toContain('control.position_past_end');
    expect(await app.metrics.text()).toContain('hyperhook_control_position_past_end_total 1');
  });

  it('refuses a position that is no number', async () => {
    await using app = await StartedIngestion.start();
    expect(await echo(app, 'latest')).toMatchObject({ status: 400, json: { code: 'invalid_header' } });
  });
});
