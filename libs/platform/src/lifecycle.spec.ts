import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { createLifecycle, type LifecycleOptions, type Part } from './lifecycle.ts';
import { createLogger } from './logger.ts';
import { eventually } from '#testkit';

/** What a process is to the lifecycle, without one that dies. */
class FakeHost extends EventEmitter {
  readonly exits: number[] = [];

  get exited(): Promise<number> {
    return eventually(() => this.exits[0] ?? Promise.reject(new Error('it has not exited')));
  }

  exit(code: number): void {
    this.exits.push(code);
  }
}

const setUp = (failing: readonly string[] = [], options: Partial<LifecycleOptions> = {}) => {
  const said: string[] = [];
  const lines: string[] = [];
  const step = (text: string): void => {
    said.push(text);
    if (failing.includes(text)) throw new Error(`cannot ${text}`);
  };
  const part = (name: string): Part => ({
    name,
    start: () => step(`start ${name}`),
    stop: () => step(`stop ${name}`),
  });
  const host = new FakeHost();
  const log = createLogger({
    name: 'x',
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  });
  const lifecycle = createLifecycle({ parts: ['log', 'table', 'http'].map(part), log, host, ...options });
  return { said, lines, host, lifecycle };
};

describe('a process', () => {
  it('starts its parts in order and stops them in reverse, once', async () => {
    const { lifecycle, said } = setUp();
    await lifecycle.start();
    expect(await Promise.all([lifecycle.stop('test'), lifecycle.stop('again')])).toEqual([true, true]);
    expect(said).toEqual(['start log', 'start table', 'start http', 'stop http', 'stop table', 'stop log']);
  });

  it('whose part fails to start stops those that had started, and says why', async () => {
    const { lifecycle, said, lines } = setUp(['start table']);
    await expect(lifecycle.start()).rejects.toThrow('cannot start table');
    expect(said).toEqual(['start log', 'start table', 'stop log']);
    expect(lines.join()).toContain('process.start_failed');
  });

  it('stops the others when one fails to stop, and is not clean then', async () => {
    const { lifecycle, said } = setUp(['stop table']);
    await lifecycle.start();
    expect(await lifecycle.stop('test')).toBe(false);
    expect(said.slice(3)).toEqual(['stop http', 'stop table', 'stop log']);
  });

  it.each(['SIGTERM', 'SIGINT'])('told %s drains first, stops and exits 0', async (signal) => {
    const order: string[] = [];
    const { lifecycle, host, said } = setUp([], {
      onDrain: () => order.push(`drained after ${said.length}`),
    });
    await lifecycle.start();
    host.emit(signal, signal);
    expect(await host.exited).toBe(0);
    expect(order).toEqual(['drained after 3']);
    expect(said).toHaveLength(6);
    expect(host.eventNames()).toEqual([]);
  });

  it('told twice exits at once', async () => {
    const stuck: Part = { name: 'stuck', stop: () => new Promise(() => undefined) };
    const { lifecycle, host } = setUp([], { parts: [stuck], stopWithinMs: 50 });
    await lifecycle.start();
    host.emit('SIGTERM', 'SIGTERM');
    host.emit('SIGINT', 'SIGINT');
    expect(host.exits).toEqual([1]);
    await lifecycle.stop('wait for the deadline');
  });

  it('that does not stop in time exits 1 and names what hangs', async () => {
    const { lifecycle, host, lines } = setUp([], {
      parts: [{ name: 'waiting' }, { name: 'stuck', stop: () => new Promise(() => undefined) }],
      stopWithinMs: 30,
    });
    await lifecycle.start();
    host.emit('SIGTERM', 'SIGTERM');
    expect(await host.exited).toBe(1);
    expect(lines.join()).toContain('process.stop_timed_out');
    expect(lines.join()).toContain('"stuck"');
  });

  it.each(['uncaughtException', 'unhandledRejection'])('with an %s logs it and exits 1', async (event) => {
    const { lifecycle, host, lines } = setUp();
    await lifecycle.start();
    host.emit(event, new Error('nobody caught me'));
    expect(host.exits).toEqual([1]);
    expect(lines.join()).toContain('nobody caught me');
    await lifecycle.stop('test');
  });

  it('told to stop while it starts finishes the part under way, starts no other, and stops that one', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const said: string[] = [];
    const parts: Part[] = [
      { name: 'slow', start: () => gate, stop: () => void said.push('stop slow') },
      { name: 'next', start: () => void said.push('start next') },
    ];
    const { lifecycle } = setUp([], { parts });
    const started = lifecycle.start();
    const stopped = lifecycle.stop('test');
    open();
    await started;
    expect(await stopped).toBe(true);
    expect(said).toEqual(['stop slow']);
  });
});
