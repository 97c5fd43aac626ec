import { describe, expect, it } from '@jest/globals';
import { decodeEvent, encodeEvent } from './event-codec.ts';
import { traceparentIn } from './traceparent.ts';

const GOOD = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('traceparent', () => {
  it('is taken as it is', () => {
    expect(traceparentIn(GOOD)).toBe(GOOD);
  });

  it.each([
    undefined,
    '',
    [GOOD, GOOD],
    GOOD.toUpperCase(),
    `${GOOD}-more`,
    GOOD.replace('00-', 'ff-'),
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    `${GOOD}\r\nx: y`,
  ])('is passed over where it cannot be understood: %j', (text) => {
    expect(traceparentIn(text)).toBeUndefined();
  });

  it('never makes a record unreadable', () => {
    const encoded = encodeEvent({
      eventId: 'evt_1',
      eventType: 'host.online',
      tenantId: 'acme',
      contract: 'hyprwatch',
      occurredAt: 1,
      acceptedAt: 1,
      controlPosition: 0,
      slot: null,
      body: Buffer.from('{}'),
    });
    expect(encoded.headers).not.toHaveProperty('traceparent');
    const headers = { ...encoded.headers, traceparent: 'x'.repeat(5_000) };
    const decoded = decodeEvent({ ...encoded, headers, appendedAt: 1 });
    expect(decoded.ok && Object.keys(decoded.value)).not.toContain('traceparent');
    expect(decoded.ok).toBe(true);
  });
});
