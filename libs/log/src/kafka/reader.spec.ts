import { describe, expect, it } from '@jest/globals';
import { fakeLeader } from '../../fixtures/fake-leader.ts';
import type { LogRecord } from '../port/record.ts';
import { Reader } from './reader.ts';
import { TopicNames } from './topic-names.ts';

/** Records 0 to 9, led by a broker that shows them up to `shown`. */
function reader(shown: (fetches: number) => number) {
  const { cluster, asked } = fakeLeader('t.outcomes', 10, shown);
  return { reader: new Reader(cluster, new TopicNames('t.'), new AbortController().signal), asked };
}

async function offsetsOf(read: AsyncIterable<readonly LogRecord[]>): Promise<number[]> {
  const offsets: number[] = [];
  for await (const slice of read) offsets.push(...slice.map(({ offset }) => offset));
  return offsets;
}

const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a range that is read', () => {
  it('reaches the end that was seen, though a new leader shows less for a while (P2)', async () => {
    const { reader: over, asked } = reader((fetches) => (fetches < 4 ? 6 : 10));
    expect(await offsetsOf(over.range('outcomes', 0, 0, Promise.resolve(10)))).toEqual(all);
    expect(asked).toEqual([0, 6, 6, 6]);
  });

  it('ends where it was told to, and asks for nothing beyond', async () => {
    const { reader: over, asked } = reader(() => 6);
    expect(await offsetsOf(over.range('outcomes', 0, 0, Promise.resolve(6)))).toEqual(all.slice(0, 6));
    expect(asked).toEqual([0]);
  });
});

describe('one record that is read', () => {
  it('is waited for while a new leader does not show it yet: it is not gone', async () => {
    const { reader: over } = reader((fetches) => (fetches < 3 ? 6 : 10));
    expect((await over.one('outcomes', 0, 8))?.offset).toBe(8);
  });

  it('is not there at the end of the log, and nobody waits for it', async () => {
    const { reader: over, asked } = reader(() => 10);
    expect(await over.one('outcomes', 0, 10)).toBeUndefined();
    expect(asked).toEqual([10]);
  });
});
