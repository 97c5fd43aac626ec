import { MAX_RECORD_BYTES } from '../core/slices.ts';
import type { TopicSpec } from '../topics.ts';

/** Room for what Kafka writes around the largest record. */
const OVERHEAD_BYTES = 64 * 1_024;

/** What a topic's configuration must say, by Kafka's names. */
export function settingsOf(spec: TopicSpec): ReadonlyMap<string, string> {
  return new Map([
    ['cleanup.policy', 'delete'],
    ['retention.ms', String(spec.retentionMs ?? -1)],
    // Not the producer's clock: tiers wake by it, and retention counts from it (R15).
    ['message.timestamp.type', 'LogAppendTime'],
    ['max.message.bytes', String(MAX_RECORD_BYTES + OVERHEAD_BYTES)],
  ]);
}

/** A broker may take larger records than we send. */
export function satisfies(setting: string, wanted: string, found: string | undefined): boolean {
  if (setting === 'max.message.bytes') return Number(found) >= Number(wanted);
  return found === wanted;
}
