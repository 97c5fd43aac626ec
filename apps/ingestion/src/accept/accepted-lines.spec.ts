import { describe, expect, it } from '@jest/globals';
import { createLogger } from '#platform';
import { acceptedLines } from './accepted-lines.ts';

describe('lines of accepted events', () => {
  it.each(['info', 'silent'] as const)('are not even made at the level %s', (level) => {
    expect(acceptedLines(createLogger({ name: 'test', level }))).toBeUndefined();
  });

  it('have no trace where the publisher brought none', () => {
    const written: string[] = [];
    const destination = { write: (line: string) => void written.push(line) };
    const tell = acceptedLines(createLogger({ name: 'test', level: 'debug', destination }));
    tell!({ tenant: 't', event: 'e', type: 'a.b', status: 'accepted', partition: 3, traceparent: undefined });
    expect(JSON.parse(written[0]!)).toMatchObject({ msg: 'event.accepted', event: 'e', partition: 3 });
    expect(written[0]).not.toContain('trace');
  });
});
