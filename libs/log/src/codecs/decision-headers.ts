import { cancelReasons, failReasons, type Decision, type DecisionKind, type Successor } from '#domain';
import { MAX_ATTEMPT, MAX_STEP, type HeadersInWork } from './delivery-headers.ts';
import type { HeaderReader } from './header-reader.ts';

const kinds: Readonly<Record<DecisionKind, (headers: HeaderReader) => Decision>> = {
  delivered: () => ({ kind: 'delivered' }),
  expired: () => ({ kind: 'expired' }),
  held: () => ({ kind: 'held' }),
  retry: (headers) => ({ kind: 'retry', next: readSuccessor(headers) }),
  deferred: (headers) => ({ kind: 'deferred', next: readSuccessor(headers) }),
  failed: (headers) => ({
    kind: 'failed',
    reason: headers.oneOf('reason', failReasons),
    disables: headers.boolean('disables'),
  }),
  cancelled: (headers) => ({ kind: 'cancelled', reason: headers.oneOf('reason', cancelReasons) }),
};
const kindNames = Object.keys(kinds) as readonly DecisionKind[];

export function isDecisionKind(text: string | undefined): text is DecisionKind {
  return text !== undefined && Object.hasOwn(kinds, text);
}

/** In headers, so that deciding and the done-set never parse a value. */
export function writeDecision(headers: HeadersInWork, decision: Decision): void {
  headers['outcome'] = decision.kind;
  if ('reason' in decision) headers['reason'] = decision.reason;
  if ('disables' in decision) headers['disables'] = String(decision.disables);
  if ('next' in decision) {
    headers['next-attempt'] = String(decision.next.attempt);
    headers['next-step'] = String(decision.next.step);
    headers['next-due-at'] = String(decision.next.dueAt);
    headers['next-hops'] = decision.next.hops.join(',');
  }
}

export function readDecision(headers: HeaderReader): Decision {
  return kinds[headers.oneOf('outcome', kindNames)](headers);
}

function readSuccessor(headers: HeaderReader): Successor {
  return {
    attempt: headers.integer('next-attempt', 1, MAX_ATTEMPT),
    step: headers.integer('next-step', 1, MAX_STEP),
    dueAt: headers.time('next-due-at'),
    hops: headers.hops('next-hops'),
  };
}
