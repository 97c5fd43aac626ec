import { typeOf } from './to-log-error.ts';

const rejoin = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);
const expelled = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);

/**
 * What a group's coordinator says no with. `rejoin`: joining again mends it; the member keeps its id, and what it owns
 * (R11). `expelled`: the group let the member go, everything it owned may be somebody else's by now. Undefined: it is
 * about something else, the coordinator itself for one.
 */
export function refusalOf(error: unknown): 'rejoin' | 'expelled' | undefined {
  const type = typeOf(error) ?? '';
  if (rejoin.has(type)) return 'rejoin';
  return expelled.has(type) ? 'expelled' : undefined;
}
