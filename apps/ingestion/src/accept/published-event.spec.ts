import { describe, expect, it } from '@jest/globals';
import { scanJson } from '#contracts';
import { Refused } from '#http-edge';
import { publishedEvent } from './published-event.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const read = (text: string) => publishedEvent(scanJson(Buffer.from(text)), NOW);
const faults = (text: string) => {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('publishedEvent', () => {
  it('reads every field, and leaves data as published', () => {
    const text =
      '{"data":{"2":1.0,"1":0},"id":"e","type":"t","tenant":"acme","occurred_at":"2026-11-21T12:00:00Z"}';
    const { tenant, input } = read(text);
    expect(tenant).toBe('acme');
    expect(input).toMatchObject({ id: 'e', type: 't', occurredAt: NOW });
    expect(input.data?.text).toBe('{"2":1.0,"1":0}');
  });

  it('leaves to the contract what is left out', () => {
    expect(read('{"type":"t"}')).toEqual({
      tenant: undefined,
      input: { id: null, type: 't', occurredAt: null, data: null },
    });
  });

  it('names all that is wrong at once, escaped as RFC 6901 asks', () => {
    expect(faults('{"id":1,"occurred_at":1700000000,"a/b~":0}')).toEqual([
      '/a~1b~0 unknown_field',
      '/id wrong_type',
      '/occurred_at wrong_type',
      '/type required',
    ]);
  });

  it('says of a wrong type only that it is wrong, not that it is missing too', () => {
    expect(faults('{"type":null}')).toEqual(['/type wrong_type']);
  });

  it('takes times up to 24 hours ahead of its own clock', () => {
    expect(faults('{"type":"t","occurred_at":"2026-11-22T12:00:00Z"}')).toEqual([]);
    expect(faults('{"type":"t","occurred_at":"2026-11-22T12:00:00.001Z"}')).toEqual([
      '/occurred_at invalid_time',
    ]);
  });

  it('knows no field by inheritance', () => {
    expect(faults('{"type":"t","__proto__":{},"constructor":1}')).toEqual([
      '/__proto__ unknown_field',
      '/constructor unknown_field',
    ]);
  });
});
