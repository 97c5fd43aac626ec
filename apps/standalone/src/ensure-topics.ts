import { installationMismatch, type InstallationWish } from '#control';
import { LogError, type Log } from '#log';

/** The log's topics; their number of partitions is the first thing that a wrong setting meets. */
export async function ensureTopics(log: Log, wish: InstallationWish): Promise<void> {
  try {
    await log.ensureTopics(wish.partitions);
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== 'topic_mismatch') throw error;
    const { length: partitions } = await log.endOffsets('events');
    throw installationMismatch({ ...wish, partitions }, wish, ['partitions']);
  }
}
