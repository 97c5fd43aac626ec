import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';

/** Writing positions is a group's whole life in small; kafkajs says nothing when it fails in the middle. */
const WITHIN_MS = 20_000;

/**
 * Commits the ends of a topic's partitions for a group that has never committed any, so that "from the end" means the
 * end at the first start: what comes while no copy runs, and on partitions added later, is read. Rejects where another
 * copy is at the same; then it is done, or will be.
 */
export async function startAtEnd(kafka: Kafka, groupId: string, topic: string): Promise<void> {
  const admin = kafka.admin();
  const given = new AbortController();
  try {
    await admin.connect();
    await Promise.race([commitEnds(admin, groupId, topic), tooLong(given.signal)]);
  } finally {
    given.abort();
    await admin.disconnect();
  }
}

async function commitEnds(admin: Admin, groupId: string, topic: string): Promise<void> {
  const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
  if (committed?.partitions.some(({ offset }) => Number(offset) >= 0) === true) return;
  const ends = await admin.fetchTopicOffsets(topic);
  const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }));
  await admin.setOffsets({ groupId, topic, partitions });
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await delay(WITHIN_MS, undefined, { signal });
  throw new Error(`the first positions could not be committed within ${WITHIN_MS} ms`);
}
