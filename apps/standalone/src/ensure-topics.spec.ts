import { expect, it } from '@jest/globals';
import { MemoryLog, MemoryStore } from '#log';
import { ensureTopics } from './ensure-topics.ts';

it('another number of partitions is refused by the name of the setting', async () => {
  const log = new MemoryLog(new MemoryStore());
  await log.ensureTopics(4);
  await expect(ensureTopics(log, { partitions: 8, timeScale: 1 })).rejects.toThrow(
    'HYPERHOOK_PARTITIONS=4 (asked for now: 8)',
  );
  await log.close();
});
