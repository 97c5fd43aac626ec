import { describe, expect, it } from '@jest/globals';
import { createLogger, type LoggerOptions } from './logger.ts';

const written = (options: Partial<LoggerOptions> = {}) => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLogger({ name: 'dispatcher', level: 'info', destination, ...options }) };
};

describe('the logger', () => {
  it('writes one JSON line per fact, with level and time as words', () => {
    const { log, lines } = written();
    log.child({ partition: 3 }).info({ deliveryId: 'd', attempt: 1 }, 'delivery.attempted');
    log.debug({}, 'not at this level');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      name: 'dispatcher',
      partition: 3,
      deliveryId: 'd',
      attempt: 1,
      msg: 'delivery.attempted',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  it('hides secrets, also those within what it is given', () => {
    const { log, lines } = written();
    log.warn(
      { secret: 's3cret', tenant: { apiKey: 's3cret', inner: { token: 's3cret' } }, body: 's3cret' },
      'x',
    );
    expect(lines.join()).not.toContain('s3cret');
  });

  it('writes for people when asked to, with the stack of an error', () => {
    const { log, lines } = written({ pretty: true });
    log.error({ err: new Error('boom'), attempt: 2, secret: 's3cret' }, 'delivery.broke');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} error dispatcher: delivery\.broke attempt=2 secret="\(hidden\)"\nError: boom/,
    );
  });
});
