import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  contractSample,
  deliveryIdOf,
  deriveEventId,
  fillSlot,
  isEventId,
  jsonOf,
  PublishRejected,
  renderEvent,
  scanJson,
} from '../index.ts';
import { NOON, shipped, where, wire } from '../providers/wire.ts';

const moment = { now: NOON, random: new Uint8Array(32) };
const hyperleap = wire('hyperleap');
const standard = wire('standard-webhooks');

describe('rendering', () => {
  it('puts the bytes of published data on the wire untouched, less the spaces, whatever the contract', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        const data = scanJson(Buffer.from(JSON.stringify(value, null, 2)));
        expect(standard.body({ type: 'any.type', data })).toContain(`"data":${text}}`);
      }),
    );
  });

  it('keeps numbers that a double cannot hold, the order of integer-like names, and escapes', () => {
    const text = '{"10":9007199254740993,"9":1e400,"8":-0,"7":1.10,"é":"\\u00e9\\/","__proto__":{"a":1}}';
    expect(standard.body({ type: 'any.type', data: scanJson(Buffer.from(text)) })).toContain(text);
  });

  it('makes the same bytes of the same input, and a valid JSON text with no name twice', () => {
    for (const contract of shipped.values()) {
      for (const type of contract.eventTypes.keys()) {
        const { body } = wire(contract.id).render({ type });
        expect(wire(contract.id).render({ type }).body).toEqual(body);
        expect(() => scanJson(body)).not.toThrow();
      }
    }
  });

  it('takes now where the publisher gives no time, and no data as an empty object', () => {
    const input = { id: null, type: 'any.type', occurredAt: null, data: null };
    const event = renderEvent(standard.contract, { attributes: {} }, input, moment);
    expect(event).toMatchObject({ eventType: 'any.type', occurredAt: NOON, slot: null });
    expect(Buffer.from(event.body).toString()).toContain('"2024-01-15T10:35:00.789Z","data":{}}');
  });

  it.each([-1, 1.5, Number.NaN, 253_402_300_800_000])('refuses the time %d', (occurredAt) => {
    expect(where(standard.problems({ type: 'a', data: {}, occurredAt }))).toEqual([
      'invalid_time /occurred_at',
    ]);
  });

  it.each([[[]], ['text'], [null], [1]])('refuses data that is no object: %j', (value) => {
    expect(where(standard.problems({ type: 'a', data: jsonOf(value) }))).toEqual(['invalid_data /data']);
  });

  it('lists all that is wrong at once, each with a way to mend it', () => {
    const problems = wire('hyprwatch').problems({ type: 'host.online', id: 'x', occurredAt: -1, data: {} });
    expect(where(problems)).toEqual([
      'invalid_id /id',
      'invalid_time /occurred_at',
      'invalid_data /data/host_id',
      'invalid_data /data/hostname',
      'invalid_data /data/platform',
    ]);
    expect(problems[0]?.detail).toMatch(/leave it out to have one made/);
    expect(new PublishRejected(problems).message).toContain('/data/host_id: is required; add it');
  });

  it('says one problem, not half a million, of large data', () => {
    const rows = Array.from({ length: 100_000 }, () => 1);
    const sample = contractSample(wire('hyprwatch').contract, 'query.completed').value() as object;
    expect(where(wire('hyprwatch').problems({ type: 'query.completed', data: { ...sample, rows } }))).toEqual(
      ['invalid_data /data/rows/0'],
    );
  });

  it('names attributes that the tenant lacks as the tenant’s', () => {
    const input = { id: null, type: 'lead.captured', occurredAt: null, data: jsonOf({}) };
    const attempt = () => renderEvent(hyperleap.contract, { attributes: {} }, input, moment);
    expect(attempt).toThrow(/\/tenant\/attributes\/chatbotId: is required: UUID of the chatbot/);
  });

  it('accepts data of exactly the limit, and refuses one byte more', () => {
    const data = (bytes: number) => ({ x: 'x'.repeat(bytes - '{"x":""}'.length) });
    expect(standard.problems({ type: 'a', data: data(262_144) })).toEqual([]);
    expect(where(standard.problems({ type: 'a', data: data(262_145) }))).toEqual(['payload_too_large /data']);
  });

  it('has samples of listed types only', () => {
    expect(() => contractSample(hyperleap.contract, 'lead.lost')).toThrow(PublishRejected);
  });
});

describe('the slot of a delivery id', () => {
  it('is filled in a copy; a body without one is sent as it is', () => {
    const { body, slot } = hyperleap.render({ type: 'lead.captured' });
    const before = Buffer.from(body);
    const id = deliveryIdOf('t', 'e', 'w');
    const filled = JSON.parse(Buffer.from(fillSlot(body, slot, id)).toString()) as { deliveryId: string };
    expect(filled.deliveryId).toBe(id);
    expect(Buffer.from(body)).toEqual(before);
    expect(fillSlot(body, null, id)).toBe(body);
  });

  it('takes a UUID within the body and nothing else', () => {
    const body = new Uint8Array(40);
    expect(() => fillSlot(body, 0, 'short')).toThrow(RangeError);
    expect(() => fillSlot(body, 5, deliveryIdOf('t', 'e', 'w'))).toThrow(RangeError);
  });
});

describe('ids', () => {
  it('of a delivery depend on all three parts, and on where one ends', () => {
    const ids = [
      deliveryIdOf('t', 'e', 'w'),
      deliveryIdOf('te', '', 'w'),
      deliveryIdOf('t', 'ew', ''),
      deliveryIdOf('e', 't', 'w'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(deliveryIdOf('t', 'e', 'w')).toBe(ids[0]);
    // Written down, because deliveries in a log that exists already must keep their ids.
    expect(ids[0]).toBe('aa5ebbf0-7621-5853-bdf0-9eb7049dd8ac');
  });

  it('made or derived fit the pattern of every contract', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), (random, seed) => {
        for (const { contract } of [...shipped.keys()].map(wire)) {
          expect(isEventId(contract, deriveEventId(contract, seed))).toBe(true);
          const attributes = wire(contract.id).attributes;
          const [type = ''] = contract.eventTypes.keys();
          const input = { id: null, type, occurredAt: null, data: contractSample(contract, type) };
          const { eventId } = renderEvent(contract, { attributes }, input, { now: NOON, random });
          expect(isEventId(contract, eventId)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('derived are equal for equal texts only', () => {
    const { contract } = standard;
    expect(deriveEventId(contract, 'orders/3/17')).toBe(deriveEventId(contract, 'orders/3/17'));
    expect(deriveEventId(contract, 'orders/3/17')).not.toBe(deriveEventId(contract, 'orders/3/18'));
  });

  it('need enough randomness', () => {
    const input = { id: null, type: 'a', occurredAt: null, data: null };
    const short = { now: NOON, random: new Uint8Array(8) };
    expect(() => renderEvent(standard.contract, { attributes: {} }, input, short)).toThrow(RangeError);
  });
});
