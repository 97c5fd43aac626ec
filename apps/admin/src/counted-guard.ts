import type { Metrics } from '#platform';
import { egressBlocked } from '#service';
import type { EgressGuard } from '#webhook-http';

/** The guard, with what it refused for its address told to those who watch. */
export function countedGuard(
  guard: Pick<EgressGuard, 'checkUrl'>,
  metrics: Metrics,
): Pick<EgressGuard, 'checkUrl'> {
  const blocked = egressBlocked(metrics).of('save');
  return {
    checkUrl: (text, rules) => {
      const checked = guard.checkUrl(text, rules);
      if (!checked.ok && (checked.code === 'address' || checked.code === 'host')) blocked.add();
      return checked;
    },
  };
}
