import { lagByTopic, type Log } from '#log';
import type { Metrics } from '#platform';
import { watchLag } from '#service';
import type { Policies } from './create-policies.ts';
import type { Projector } from './create-projector.ts';

interface ProjectorParts {
  readonly projector: Pick<Projector, 'stands' | 'oldestWaitingAt'>;
  readonly policies: Pick<Policies, 'stands'>;
}

/** How far tables and policies are behind, read when metrics are asked for. */
export function watchProjector(
  metrics: Metrics,
  { projector, policies }: ProjectorParts,
  log: Pick<Log, 'endOffsets' | 'now'>,
): void {
  watchLag(metrics, 'projections', () => lagByTopic(log, projector.stands()));
  watchLag(metrics, 'policies', () => lagByTopic(log, policies.stands()));
  metrics.gaugeOf(
    'hyperhook_projection_behind_seconds',
    'Age of the oldest record that was read and is not in the tables; 0: none is.',
    () => {
      const oldest = projector.oldestWaitingAt();
      return oldest === undefined ? 0 : Math.max(0, log.now() - oldest) / 1_000;
    },
  );
}
