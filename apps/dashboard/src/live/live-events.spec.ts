import { describe, expect, it } from '@jest/globals';
import { changedBy, keysOf, statsOf } from './live-events.ts';

describe('what a live event says', () => {
  it('names what has to be read again', () => {
    expect(changedBy('{"webhooks":true,"deliveries":false,"replays":true}')).toEqual(['webhooks', 'replays']);
    expect(changedBy('{"deliveries":true}')).toEqual(['deliveries']);
    expect(changedBy('{}')).toEqual([]);
  });

  it('has everything read again where it cannot be understood', () => {
    expect(changedBy('')).toEqual(['webhooks', 'deliveries', 'replays']);
    expect(changedBy('[1]')).toEqual(['webhooks', 'deliveries', 'replays']);
  });

  it('ignores names that it does not know', () => {
    expect(changedBy('{"weather":true}')).toEqual([]);
  });

  it('reads the tenant again with its webhooks: its plan may be another', () => {
    expect(keysOf('webhooks')).toEqual(['webhooks', 'me']);
  });

  it('reads webhooks again with their deliveries: how they do, and what is held for them', () => {
    expect(keysOf('deliveries')).toEqual(['deliveries', 'webhooks']);
    expect(keysOf('replays')).toEqual(['replays']);
  });

  it('carries stats as they are', () => {
    expect(statsOf('{"quarantined":2}')).toEqual({ quarantined: 2 });
    expect(statsOf('null')).toBeUndefined();
  });
});
