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

  it('has the tenant read again with its webhooks, and a webhook with what it holds', () => {
    expect([...keysOf(['webhooks'])]).toEqual(['webhooks', 'webhook', 'me']);
    expect([...keysOf(['webhooks', 'deliveries'])]).toEqual(['webhooks', 'webhook', 'me', 'deliveries']);
    expect([...keysOf([])]).toEqual([]);
  });

  it('carries stats as they are', () => {
    expect(statsOf('{"quarantined":2}')).toEqual({ quarantined: 2 });
    expect(statsOf('null')).toBeUndefined();
  });
});
