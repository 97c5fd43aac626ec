import {
  assertNever,
  replayableStatuses,
  type EndpointState,
  type ReplayableStatus,
  type ReplaySelection,
} from '#domain';
import { refusedField } from './refused-field.ts';

/** What a caller asks to have sent again. Times in epoch ms. */
export interface ReplayAsk {
  readonly what: 'deliveries' | 'failed' | 'missed';
  readonly type?: string | undefined;
  readonly status?: readonly ReplayableStatus[] | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

const failures: readonly ReplayableStatus[] = ['failed', 'expired'];

/** 422 where the parts of the question do not fit each other. `endpoint`: the one that it names. */
export function selectionOf(ask: ReplayAsk, endpoint: EndpointState | undefined): ReplaySelection {
  const { what, type, status, since = null, until = null } = ask;
  if (since !== null && until !== null && since > until) {
    throw refusedField('/filter/until', 'before_since', 'must not lie before "since"');
  }
  const types = type === undefined ? [] : [type];
  const common = { what, endpointId: endpoint?.id ?? null, types, since, until, terms: [] };
  switch (what) {
    case 'deliveries': {
      const isUnbounded = endpoint === undefined && types.length === 0 && since === null && until === null;
      if (isUnbounded && status === undefined) {
        const detail = 'name a webhook, type, status or time: without any of them this would be everything';
        throw refusedField('/filter', 'required', detail);
      }
      return { ...common, statuses: status ?? replayableStatuses };
    }
    case 'failed': {
      if (since === null) {
        throw refusedField('/filter/since', 'required', 'say since when deliveries must have failed');
      }
      if (status?.includes('delivered') === true) {
        const detail = 'what was delivered has not failed; ask for "deliveries" instead';
        throw refusedField('/filter/status', 'not_failed', detail);
      }
      return { ...common, statuses: status ?? failures };
    }
    case 'missed':
      return { ...common, ...missedBy(ask, endpoint) };
    default:
      return assertNever(what);
  }
}

/**
 * Nothing that came after the endpoint's last change was missed by it: since then fan-out has known it as it is. That
 * leaves out what fan-out may just be at, too.
 */
function missedBy(
  { type, status, until }: ReplayAsk,
  endpoint: EndpointState | undefined,
): Pick<ReplaySelection, 'types' | 'statuses' | 'until'> {
  if (endpoint === undefined) {
    throw refusedField('/filter/webhook', 'required', 'name the webhook that missed something');
  }
  if (status !== undefined) {
    const detail = 'what was missed has no delivery, and so no status; leave it out';
    throw refusedField('/filter/status', 'not_allowed', detail);
  }
  if (type !== undefined && endpoint.events.length > 0 && !endpoint.events.includes(type)) {
    const detail = `webhook ${endpoint.id} does not subscribe to ${JSON.stringify(type)}; add it to its events first`;
    throw refusedField('/filter/type', 'not_subscribed', detail);
  }
  const known = endpoint.status === 'off' ? Infinity : endpoint.updatedAt;
  const end = Math.min(until ?? Infinity, known);
  return {
    types: type === undefined ? endpoint.events : [type],
    statuses: [],
    until: end === Infinity ? null : end,
  };
}
