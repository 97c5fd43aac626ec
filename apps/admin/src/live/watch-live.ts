import type { Metrics } from '#platform';
import type { LiveHub } from './live-hub.ts';

/** How many pages listen, read when metrics are asked for. */
export function watchLive(metrics: Metrics, live: Pick<LiveHub, 'size'>): void {
  metrics.gaugeOf('hyperhook_live_streams', 'Pages that are told of changes as they happen', () => live.size);
}
