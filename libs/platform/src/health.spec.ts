import { describe, expect, it } from '@jest/globals';
import { createHealth } from './health.ts';

describe('health', () => {
  it('is ready when every check is well', async () => {
    const health = createHealth();
    health.add('log', () => undefined);
    health.add('table', async () => undefined);
    expect(await health.ready()).toEqual({ ready: true, reasons: {} });
    expect(health.live()).toMatchObject({ live: true });
  });

  it('says what is not well: by answer, by error, by silence', async () => {
    const health = createHealth({ checkMs: 20 });
    health.add('log', () => 'no broker answers');
    health.add('table', () => Promise.reject(new Error('broken')));
    health.add('database', () => new Promise(() => undefined));
    health.add('fine', () => undefined);
    expect(await health.ready()).toEqual({
      ready: false,
      reasons: { log: 'no broker answers', table: 'broken', database: 'no answer within 20 ms' },
    });
  });

  it('is not ready any more once it drains, but alive', async () => {
    const health = createHealth();
    health.drain();
    expect(await health.ready()).toEqual({ ready: false, reasons: { process: 'draining' } });
    expect(health.live().live).toBe(true);
  });

  it('refuses two checks of one name', () => {
    const health = createHealth();
    health.add('log', () => undefined);
    expect(() => health.add('log', () => undefined)).toThrow('already');
  });
});
