import { describe, expect, it } from '@jest/globals';
import { RecentBudget } from '#log';
import { RecentEvents } from './recent-events.ts';

const MINUTE = 60_000;

function recent(max = 500_000) {
  let now = 0;
  const events = new RecentEvents(() => now, new RecentBudget(max, 10 * MINUTE));
  return {
    publish: (id: string, append = () => Promise.resolve(), tenant = 'acme') =>
      events.once(tenant, id, append),
    pass: (ms: number) => (now += ms),
  };
}

describe('RecentEvents', () => {
  it('knows an id again for ten minutes, and not longer', async () => {
    const { publish, pass } = recent();
    expect(await publish('a')).toBe('accepted');
    pass(10 * MINUTE - 1);
    expect(await publish('a')).toBe('duplicate');
    pass(1);
    expect(await publish('a')).toBe('accepted');
  });

  it("keeps tenants' ids apart, however they are cut", async () => {
    const { publish } = recent();
    expect(await publish('bc', undefined, 'a')).toBe('accepted');
    expect(await publish('c', undefined, 'ab')).toBe('accepted');
  });

  it('forgets the oldest first when there are too many', async () => {
    const { publish } = recent(3);
    for (const id of ['a', 'b', 'c', 'd']) await publish(id);
    expect(await publish('d')).toBe('duplicate');
    expect(await publish('a')).toBe('accepted');
  });

  it('appends once for copies in flight, which share the fate of the first', async () => {
    const { publish } = recent();
    let fail = () => {};
    const promise = new Promise<void>((_, reject) => {
      fail = () => reject(new Error('the log is away'));
    });
    let appends = 0;
    const append = () => {
      appends += 1;
      return promise;
    };
    const both = Promise.allSettled([publish('a', append), publish('a', append)]);
    fail();
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(appends).toBe(1);
    expect(await publish('a')).toBe('accepted');
  });
});
