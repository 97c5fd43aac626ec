import { expect, it } from '@jest/globals';
import { RecentEnd } from './recent-end.ts';

it('asks the log once a second, whether it tells or not', async () => {
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
  for (let times = 0; times < 2; times += 1) await expect(end.get()).rejects.toThrow('away');
  now = 2_000;
  expect(await end.get()).toBe(9);
  expect(asked).toBe(3);
});
