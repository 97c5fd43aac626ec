import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '#log';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;
const M = 60 * S;

describe('one event', () => {
  let lives: Lives;
  let tenant: string;
  const sent = () => lives.sender.sent;
  const ends = async () =>
    (await lives.outcomes()).map(({ ref, decision, term }) => ({
      endpoint: ref.endpointId,
      kind: decision.kind,
      reason: 'reason' in decision ? decision.reason : null,
      offset: ref.eventOffset,
      term,
    }));

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    await lives.begin();
    tenant = await lives.rig.tenant('hyperleap');
  });

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  it('to ten thousand endpoints: each once, drawn only as slots free up', async () => {
    for (let n = 0; n < 200; n += 1) {
      await Promise.all(Array.from({ length: 50 }, () => lives.rig.endpoint(tenant)));
    }
    let mostQueued = 0;
    let mostInFlight = 0;
    lives.sender.answer = () => {
      const { queued, inFlight } = lives.rig.dispatcher.gauges();
      mostQueued = Math.max(mostQueued, queued);
      mostInFlight = Math.max(mostInFlight, inFlight);
      return { status: 200, after: 5 };
    };
    await lives.rig.publish(tenant);
    await pass(5 * S);
    expect(sent()).toHaveLength(10_000);
    expect(new Set(sent().map(({ url }) => url)).size).toBe(10_000);
    expect(mostQueued).toBeLessThanOrEqual(4_096);
    expect(mostInFlight).toBeLessThanOrEqual(512);
    expect(await ends()).toHaveLength(10_000);
    expect(lives.rig.dispatcher.gauges().inHand).toBe(0);
  }, 30_000);

  it('HT-1, HS-1: goes to active endpoints of its tenant that subscribed to its type, and to no other', async () => {
    const type = [...lives.rig.contract('hyperleap').eventTypes.keys()];
    const wants = await lives.rig.endpoint(tenant, { events: [type[0]!] });
    const all = await lives.rig.endpoint(tenant);
    await lives.rig.endpoint(tenant, { events: [type[1]!] });
    await lives.rig.endpoint(tenant, { active: false });
    await lives.rig.endpoint(await lives.rig.tenant('hyperleap'));
    await lives.rig.publish(tenant, { type: type[0]! });
    await pass(S);
    expect(
      sent()
        .map(({ url }) => url)
        .toSorted(),
    ).toEqual([lives.rig.url(wants), lives.rig.url(all)].toSorted());
  });

  it('is held for a failed endpoint, with its term and where the event stands (R22, R23)', async () => {
    const failed = await lives.rig.endpoint(tenant);
    const cause = { partition: 0, offset: 0 };
    await lives.rig.writer.endpoint(
      failed,
      { type: 'fail', term: 1, reason: 'attempts_exhausted', cause, at: Date.now() },
      'policy:test',
    );
    const { offset } = await lives.rig.publish(tenant);
    await pass(S);
    const { term } = lives.rig.control.table.endpoint(failed)!;
    expect(await ends()).toEqual([{ endpoint: failed, kind: 'held', reason: null, offset, term }]);
    expect(sent()).toEqual([]);
  });

  it('is cancelled for an endpoint that is deleted while it waits', async () => {
    const endpoint = await lives.rig.endpoint(tenant);
    lives.sender.answer = () => 500;
    await lives.rig.publish(tenant);
    await pass(500);
    await lives.rig.writer.endpoint(endpoint, { type: 'delete', at: Date.now() }, 'test');
    await pass(M);
    expect(sent()).toHaveLength(1);
    expect((await ends()).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['retry', null],
      ['cancelled', 'endpoint_deleted'],
    ]);
  });

  it('that nobody wants leaves one note, and only one over restarts (R4)', async () => {
    const { eventId } = await lives.rig.publish(tenant);
    await pass(10);
    await lives.restart();
    await lives.rig.publish(tenant, { id: eventId });
    await pass(5 * S);
    const partition = partitionOf(tenant, PARTITIONS);
    const notes = (await lives.rig.outcomeRecords()).filter(({ kind }) => kind === 'unmatched');
    expect(notes.length).toBeGreaterThan(0);
    expect(new Set(notes.map((note) => note.kind === 'unmatched' && note.eventOffset))).toEqual(new Set([0]));
    expect(lives.store.group('dispatcher').commits.get(`events/${partition}`)?.offset).toBe(2);
  });

  it('published again is delivered once, across a restart too (P10)', async () => {
    await lives.rig.endpoint(tenant);
    const { eventId } = await lives.rig.publish(tenant);
    await lives.rig.publish(tenant, { id: eventId });
    await pass(5 * S);
    expect(lives.rig.signals.copies.event).toBe(1);
    await lives.restart();
    await pass(5 * M);
    await lives.rig.publish(tenant, { id: eventId });
    await pass(S);
    expect(sent()).toHaveLength(1);
    expect(lives.rig.signals.copies.event).toBe(1);
    // After more than ten minutes it is a new one.
    await pass(11 * M);
    await lives.rig.publish(tenant, { id: eventId });
    await pass(S);
    expect(await lives.rig.outcomes()).not.toHaveLength(0);
  });

  it('that relies on a position past the end of control goes on with an alert (R20)', async () => {
    await lives.rig.endpoint(tenant);
    await lives.rig.publish(tenant, { controlPosition: 1_000_000 });
    await pass(5 * S);
    expect(sent()).toHaveLength(1);
    expect(lives.alerts).toEqual(['control_position_ahead']);
  });
});
