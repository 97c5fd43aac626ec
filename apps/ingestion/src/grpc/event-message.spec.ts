import { describe, expect, it } from '@jest/globals';
import { Refused } from '#http-edge';
import { bytesOf, eventOfMessage, type EventMessage } from './event-message.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const faults = (message: EventMessage | undefined) => {
  try {
    eventOfMessage(message, NOW);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('an event message', () => {
  it('is read as published, its data byte for byte', () => {
    // As it lies in a larger buffer, where protobuf has left it.
    const data = Buffer.from('xx{"2":1.0,"1":0}xx').subarray(2, -2);
    const message = { id: 'e', type: 't', occurred_at: '2026-11-21T12:00:00Z', tenant: 'acme', data };
    const { tenant, input } = eventOfMessage(message, NOW);
    expect({ tenant, id: input.id, type: input.type, occurredAt: input.occurredAt }).toEqual({
      tenant: 'acme',
      id: 'e',
      type: 't',
      occurredAt: NOW,
    });
    expect(input.data?.text).toBe('{"2":1.0,"1":0}');
  });

  it('leaves to the contract what is left out', () => {
    const input = { id: null, type: 't', occurredAt: null, data: null };
    expect(eventOfMessage({ type: 't' }, NOW)).toEqual({ tenant: undefined, input });
    expect(eventOfMessage({ type: 't', data: new Uint8Array(0) }, NOW)).toEqual({ tenant: undefined, input });
  });

  it('is held to the rules of JSON, with pointers from the event', () => {
    expect(faults(undefined)).toEqual([' required']);
    expect(faults({ occurred_at: 'yesterday' })).toEqual(['/occurred_at invalid_time', '/type required']);
    expect(faults({ type: 't', occurred_at: '2026-11-22T12:00:00.001Z' })).toEqual([
      '/occurred_at invalid_time',
    ]);
    expect(faults({ type: 't', data: Buffer.from('{"a":{"b":1,"b":2}}') })).toEqual([
      '/data/a/b duplicate_key',
    ]);
  });

  it('counts mostly what its data holds', () => {
    expect(bytesOf({ type: 't', data: Buffer.alloc(10_000) }) - bytesOf({ type: 't' })).toBe(10_000);
    expect(bytesOf(undefined)).toBeGreaterThan(0);
  });
});
