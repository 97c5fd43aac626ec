import type { AppliedFact } from '#control';
import type { Logger } from '#platform';

/** Of all that a fact holds these are no secret, and say what it is about. */
const ids = ['tenantId', 'endpointId', 'keyId', 'deliveryId', 'version', 'term', 'reason'] as const;

/**
 * One line for each control fact, with its actor, by the process that wrote it: the others only follow. Askings are at the level
 * `debug`, since a replay of many is many; what was decided is at `info`. Settings, names and secrets are not shown.
 */
export function controlLines(logger: Logger): (applied: AppliedFact) => void {
  return ({ fact, actor, offset }) => {
    const level = fact.type === 'delivery.asked' ? 'debug' : 'info';
    if (!logger.isLevelEnabled(level)) return;
    const known = Object.entries(fact).filter(([name]) => ids.some((id) => id === name));
    logger[level]({ fact: fact.type, actor, offset, ...Object.fromEntries(known) }, 'control.applied');
  };
}
