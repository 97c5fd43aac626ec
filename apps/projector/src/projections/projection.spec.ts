import type { Encoded, LogRecord, TopicName } from '#log';
import { describe, expect, it } from '@jest/globals';
import {
  aFact,
  anAsked,
  anEvent,
  anOutcome,
  aRef,
  endpointLife,
  NOON,
  retry,
} from '../../fixtures/history.ts';
import { encodeKeyUses, encodeOutcome, encodeQuarantined } from '#log';
import { gathered, projections } from './projection.ts';

const at = (topic: TopicName, record: Encoded): LogRecord => ({
  ...record,
  topic,
  partition: 3,
  offset: 77,
  appendedAt: NOON + 5,
});
const changes = (topic: TopicName, record: Encoded) => {
  const decoded = projections.get(topic)!(at(topic, record));
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.value;
};

describe('projections', () => {
  it('make a delivery and an attempt of an outcome, with what comes next', () => {
    const { deliveries, attempts } = changes('outcomes', anOutcome({}, retry(2, 1), { term: 4 }));
    expect(deliveries).toEqual([
      expect.objectContaining({
        id: aRef().deliveryId,
        status: 'pending',
        settled: true,
        nextDueAt: NOON + 120_000,
        lastStatusCode: 500,
        term: 4,
        partition: 3,
        headTopic: 'outcomes',
        headOffset: 77,
      }),
    ]);
    expect(attempts).toEqual([
      expect.objectContaining({
        kind: 'retry',
        nextTiers: ['1m'],
        startedAt: NOON,
        offset: 77,
      }),
    ]);
  });

  it('make no attempt of a deferral', () => {
    const next = { attempt: 1, step: 3, dueAt: NOON + 4_000, hops: ['4s' as const] };
    const deferred = changes('outcomes', anOutcome({}, { kind: 'deferred', next }));
    expect(deferred.attempts).toBeUndefined();
    expect(deferred.deliveries).toMatchObject([
      { status: 'pending', settled: false, nextDueAt: NOON + 4_000, lastAttempt: null },
    ]);
  });

  it('keep what was held or cancelled as an attempt without a request', () => {
    const { attempts } = changes('outcomes', anOutcome({}, { kind: 'cancelled', reason: 'discarded' }));
    expect(attempts).toMatchObject([
      { kind: 'cancelled', reason: 'discarded', startedAt: null, statusCode: null },
    ]);
  });

  it('rank what was asked for below every outcome of its chain', () => {
    expect(
      changes('deliveries', anAsked({ chain: 12, askedBy: 'test', eventOffset: null })).deliveries,
    ).toMatchObject([
      {
        status: 'pending',
        chain: 12,
        attempt: 0,
        settled: false,
        test: true,
        eventOffset: null,
        updatedAt: NOON + 5,
      },
    ]);
  });

  it('keep an event as it was accepted, and note one that nobody wanted', () => {
    const { events, values } = changes('events', anEvent('evt_1', { body: '{"a":1}' }));
    expect(events).toMatchObject([{ id: 'evt_1', tenantId: 'acme', partition: 3, offset: 77 }]);
    expect(values).toEqual([{ offset: 77, value: Buffer.from('{"a":1}'), at: NOON + 5 }]);
    const unmatched = {
      tenantId: 'acme',
      eventId: 'evt_1',
      eventType: 'host.online',
      eventOffset: 5,
      at: NOON,
    };
    expect(changes('outcomes', encodeOutcome({ kind: 'unmatched', ...unmatched })).unmatched).toEqual([
      { tenantId: 'acme', eventId: 'evt_1', at: NOON, partition: 3, offset: 77 },
    ]);
  });

  it('take tenant and endpoint facts, and every fact for the audit', () => {
    const fact = endpointLife('wh_1').created();
    expect(changes('control', aFact(fact)).facts).toEqual([fact]);
    const revoked = { type: 'key.revoked', keyId: 'k', version: 2, at: NOON } as const;
    const ofKey = changes('control', aFact(revoked));
    expect(Object.keys(ofKey)).toEqual(['audit']);
    expect(ofKey.audit).toMatchObject([{ actor: 'key:test', fact: revoked }]);
  });

  it('list what was quarantined, by where it stands', () => {
    const report = { topic: 'events', partition: 1, offset: 4, reason: 'no header', at: NOON };
    expect(changes('quarantine', encodeQuarantined(report)).quarantined).toEqual([
      { ...report, reportOffset: 77 },
    ]);
  });

  it('take when keys were used last', () => {
    const uses = { id: 'u1', at: NOON, uses: { key_1: NOON - 5, key_2: NOON - 7 } };
    expect(changes('key-uses', encodeKeyUses(uses)).keyUses).toEqual([
      { keyId: 'key_1', lastUsedAt: NOON - 5 },
      { keyId: 'key_2', lastUsedAt: NOON - 7 },
    ]);
  });

  it('gather the changes of many records in their order', () => {
    const [one, two] = [anEvent('evt_1'), anEvent('evt_2')].map((record) => changes('events', record));
    expect(gathered([one!, {}, two!])).toMatchObject({
      events: [{ id: 'evt_1' }, { id: 'evt_2' }],
    });
  });
});
