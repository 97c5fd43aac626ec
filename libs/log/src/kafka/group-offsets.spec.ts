import { beforeEach, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import type { Coordinator } from './cluster.ts';
import type { CoordinatorLink } from './coordinator-link.ts';
import { Gate } from './gate.ts';
import { GroupOffsets } from './group-offsets.ts';
import { TopicNames } from './topic-names.ts';

const sharingOut = () =>
  new kafkajs.KafkaJSProtocolError({
    message: 'no',
    type: 'REBALANCE_IN_PROGRESS',
    code: 27,
    retriable: false,
  } as unknown as Error);
const fence = { memberId: 'm', isHeld: true };

describe('commits while a group shares out anew', () => {
  let sent: number[];
  let refusals: (() => void)[];
  let rejoins: number;
  let generation: number;
  let settled: Gate;
  let offsets: GroupOffsets;

  beforeEach(() => {
    sent = [];
    refusals = [];
    rejoins = 0;
    generation = 3;
    settled = new Gate();
    const coordinator = {
      offsetCommit: async ({ topics }: { topics: { partitions: { offset: string }[] }[] }) => {
        sent.push(...topics.flatMap(({ partitions }) => partitions.map(({ offset }) => Number(offset))));
        const refuse = refusals.shift();
        if (refuse === undefined) return;
        refuse();
        throw sharingOut();
      },
    } as unknown as Coordinator;
    const link: Pick<CoordinatorLink, 'ask'> = { ask: (request) => request(coordinator) };
    offsets = new GroupOffsets({
      link: link as CoordinatorLink,
      groupId: 'g',
      names: new TopicNames(''),
      signal: new AbortController().signal,
      settled,
      generation: () => generation,
      onRefused: () => (rejoins += 1),
    });
  });

  const commit = (offset: number) => offsets.commit('events', 0, { offset, metadata: '' }, fence);

  it('are sent at once, and refused, again when it has', async () => {
    refusals = [() => setTimeout(() => settled.open(), 20)];
    await commit(5);
    expect(sent).toEqual([5, 5]);
    // A join is under way: nobody has to ask for one.
    expect(rejoins).toBe(0);
  });

  it('refused by a sharing out that this member knows nothing of, have it join', async () => {
    settled.open();
    refusals = [() => {}];
    await commit(5);
    expect(rejoins).toBe(1);
  });

  it('refused by one that is over by now, do not', async () => {
    refusals = [
      () => {
        generation += 1;
        settled.open();
      },
    ];
    await commit(5);
    expect(rejoins).toBe(0);
  });

  it('refused, do not follow a later one of their partition', async () => {
    settled.open();
    refusals = [() => {}];
    await Promise.all([commit(5), Promise.resolve().then(() => commit(9))]);
    expect(sent).toEqual([5, 9]);
  });
});
