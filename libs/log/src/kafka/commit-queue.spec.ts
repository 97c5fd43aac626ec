import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommitQueue, type Commit } from './commit-queue.ts';
import type { Coordinator } from './cluster.ts';

interface Asked {
  readonly memberId: string;
  readonly topics: readonly { topic: string; partitions: readonly { partition: number; offset: string }[] }[];
}

describe('commits of one member', () => {
  let asked: Asked[] = [];
  let answer: () => Promise<void>;
  const coordinator = {
    offsetCommit: (request: Asked) => {
      asked.push(request);
      return answer();
    },
  } as unknown as Coordinator;
  const queue = () =>
    new CommitQueue({
      link: { ask: (request) => request(coordinator) },
      groupId: 'g',
      generation: () => 3,
    });
  const commit = (partition: number, offset: number, name = 't', isHeld = true): Commit => ({
    name,
    partition,
    committed: { offset, metadata: '' },
    fence: { memberId: 'm', isHeld },
  });

  beforeEach(() => {
    asked = [];
    answer = () => Promise.resolve();
  });

  it('of one turn go in one request', async () => {
    const all = queue();
    await Promise.all([all.commit(commit(0, 5)), all.commit(commit(1, 6)), all.commit(commit(0, 7, 'u'))]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.topics).toMatchObject([
      {
        topic: 't',
        partitions: [
          { partition: 0, offset: '5' },
          { partition: 1, offset: '6' },
        ],
      },
      { topic: 'u', partitions: [{ partition: 0, offset: '7' }] },
    ]);
  });

  it('gather while one is in flight, the last word of each partition', async () => {
    let free = (): void => {};
    answer = () => new Promise((resolve) => (free = resolve));
    const all = queue();
    const first = all.commit(commit(0, 1));
    await Promise.resolve();
    const later = [all.commit(commit(0, 2)), all.commit(commit(0, 3))];
    free();
    await first;
    await Promise.resolve();
    free();
    await Promise.all(later);
    expect(asked.map(({ topics }) => topics[0]?.partitions)).toMatchObject([
      [{ partition: 0, offset: '1' }],
      [{ partition: 0, offset: '3' }],
    ]);
  });

  it('are not sent once their claim is over', async () => {
    await queue().commit(commit(0, 1, 't', false));
    expect(asked).toEqual([]);
  });

  it('are all refused with their request, and the queue goes on', async () => {
    answer = () => Promise.reject(new Error('rebalancing'));
    const all = queue();
    const refused = await Promise.allSettled([all.commit(commit(0, 1)), all.commit(commit(1, 1))]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    answer = () => Promise.resolve();
    await all.commit(commit(0, 1));
    expect(asked).toHaveLength(2);
  });
});
