import { expect, it } from '@jest/globals';
import { RecentEnd } from './recent-end.ts';

it('asks the log once a second, and again after it did not tell', async () => {
  let now = 0;
  let asked = 0;
  const answers = [
    () => 7,
    () => {
      throw new Error('away');
    },
    () => 9,
  ];
  const end = new RecentEnd(
    async () => answers[asked++]?.() ?? -1,
    () => now,
  );
  expect(await Promise.all([end.get(), end.get()])).toEqual([7, 7]);
  now = 999;
  expect(await end.get()).toBe(7);
  now = 1_000;
  await expect(end.get()).rejects.toThrow('away');
  expect(await end.get()).toBe(9);
  expect(asked).toBe(3);
});
