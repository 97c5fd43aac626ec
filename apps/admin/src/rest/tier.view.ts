import { tiers } from '#domain';
import { retryTopicOf } from '#log';

/** Shortest first. */
export function tierViews() {
  return tiers.map(({ name, delayMs }) => ({
    name,
    delay_seconds: delayMs / 1_000,
    topic: retryTopicOf(name),
  }));
}
