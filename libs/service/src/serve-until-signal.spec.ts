import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { createLogger } from '#platform';
import { serveUntilSignal } from './serve-until-signal.ts';

const logger = createLogger({ name: 'tried', level: 'silent' });

/** A process that notes how it would have ended. */
class Host extends EventEmitter {
  #end: (code: number) => void = () => {};
  readonly ended = new Promise<number>((end) => (this.#end = end));
  exit = (code: number): void => this.#end(code);
}

describe('a process that serves', () => {
  it('closes what it opened, last first, when its start fails, and says why', async () => {
    const closed: string[] = [];
    const started = serveUntilSignal({ logger, host: new Host() }, async ({ opened }) => {
      opened.defer(() => void closed.push('first'));
      opened.defer(() => void closed.push('second'));
      throw new Error('the third does not start');
    });
    await expect(started).rejects.toThrow('the third does not start');
    expect(closed).toEqual(['second', 'first']);
  });

  it('drains at SIGTERM: not ready at once, then everything closed, then exit code 0', async () => {
    const host = new Host();
    const closed: string[] = [];
    const given = await serveUntilSignal({ logger, host }, async ({ opened, health }) => {
      opened.defer(async () => void closed.push(JSON.stringify((await health.ready()).reasons)));
      return 'what the caller shows';
    });
    expect(given).toBe('what the caller shows');
    host.emit('SIGTERM', 'SIGTERM');
    expect(await host.ended).toBe(0);
    expect(closed).toEqual(['{"process":"draining"}']);
  });

  it('a signal ends a start that still waits, and is no failure', async () => {
    const host = new Host();
    const started = serveUntilSignal({ logger, host }, async ({ signal }) => {
      setImmediate(() => host.emit('SIGTERM', 'SIGTERM'));
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
      return 'never';
    });
    expect(await started).toBeUndefined();
    expect(await host.ended).toBe(0);
  });

  it('ends at once when it has lost its hold on the log', async () => {
    const host = new Host();
    await serveUntilSignal({ logger, host }, async ({ onFatal }) => onFatal(new Error('lost')));
    expect(await host.ended).toBe(1);
    host.emit('SIGTERM', 'SIGTERM');
  });
});
