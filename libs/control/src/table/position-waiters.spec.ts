import { describe, expect, it } from '@jest/globals';
import { PositionWaiters } from './position-waiters.ts';

describe('those who wait for a control position', () => {
  it('are woken lowest position first, then in order of arrival, and not before they are reached', async () => {
    const waiters = new PositionWaiters();
    const woken: string[] = [];
    const wait = (position: number, name: string) => waiters.wait(position).then(() => woken.push(name));
    const all = [
      wait(5, 'five'),
      wait(3, 'three'),
      wait(5, 'five again'),
      wait(4, 'four'),
      wait(3, 'three again'),
    ];
    waiters.wake(2);
    expect(waiters.size).toBe(5);
    waiters.wake(4);
    expect(waiters.size).toBe(2);
    await Promise.all([all[1], all[3], all[4]]);
    expect(woken).toEqual(['three', 'three again', 'four']);
    waiters.wake(9);
    await Promise.all(all);
    expect(woken).toEqual(['three', 'three again', 'four', 'five', 'five again']);
  });

  it('give up in time and are forgotten, others of the same position waiting on', async () => {
    const waiters = new PositionWaiters();
    const patient = waiters.wait(7);
    await expect(waiters.wait(7, 5)).rejects.toMatchObject({ code: 'log_unavailable', retryable: true });
    expect(waiters.size).toBe(1);
    waiters.wake(7);
    await patient;
  });

  it('leave no timer behind when they are woken or turned away', async () => {
    const waiters = new PositionWaiters();
    const woken = waiters.wait(1, 60_000);
    const refused = waiters.wait(2, 60_000);
    waiters.wake(1);
    waiters.fail(new Error('the end'));
    await woken;
    await expect(refused).rejects.toThrow('the end');
    expect(waiters.size).toBe(0);
  });

  it('cost a fact nothing while they wait for a later one', async () => {
    const waiters = new PositionWaiters();
    const all = Array.from({ length: 20_000 }, (_, index) => waiters.wait(1_000_000 - index));
    const started = performance.now();
    for (let position = 0; position < 100_000; position += 1) waiters.wake(position);
    // A pass over all of them for every fact would be 2 × 10^9 steps.
    expect(performance.now() - started).toBeLessThan(500);
    waiters.wake(1_000_000);
    await Promise.all(all);
  });
});
