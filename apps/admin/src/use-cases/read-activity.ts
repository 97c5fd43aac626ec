import { Refused, requireScope, type Principal } from '#http-edge';
import type { ActivityHour } from '#read-model';
import { ownEndpoint } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { listEndpoints } from './read-endpoints.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;
const MAX_ENDPOINTS = 100;

type Hour = Omit<ActivityHour, 'endpointId'>;

/** One endpoint's last day. */
export interface EndpointActivity {
  readonly endpointId: string;
  /** The current hour and the 23 before it, oldest first, quiet ones too. */
  readonly hours: readonly Hour[];
  readonly total: Omit<Hour, 'hour'>;
}

/**
 * Of up to 100 of the caller's endpoints by one call, in the order asked for; `ids` undefined: of the first 100. Throws
 * {@link Refused}: 403, 404, 422, 503.
 */
export async function readActivity(
  context: AdminContext,
  principal: Principal,
  ids: readonly string[] | undefined,
): Promise<readonly EndpointActivity[]> {
  requireScope(principal, 'endpoints:read');
  if (ids !== undefined && ids.length > MAX_ENDPOINTS) {
    const detail = `at most ${MAX_ENDPOINTS} webhooks by one call; ask for the others by another`;
    throw new Refused('validation_failed', detail, {
      errors: [{ pointer: '/webhooks', code: 'too_many', detail }],
    });
  }
  const wanted =
    ids === undefined
      ? listEndpoints(context, principal, { limit: MAX_ENDPOINTS }).items.map(({ id }) => id)
      : [...new Set(ids)].map((id) => ownEndpoint(context, principal, id).endpoint.id);
  const found = await fromHistory(context, (history) => history.activity(wanted));
  const byEndpoint = Map.groupBy(found, ({ endpointId }) => endpointId);
  const thisHour = Math.floor(context.now() / HOUR_MS) * HOUR_MS;
  const days = Array.from({ length: HOURS }, (_, n) => thisHour - (HOURS - 1 - n) * HOUR_MS);
  return wanted.map((endpointId) => {
    const own = byEndpoint.get(endpointId) ?? [];
    const hours = days.map((hour) => {
      const { deliveries, delivered, failed } = own.find((each) => each.hour === hour) ?? none;
      return { hour, deliveries, delivered, failed };
    });
    return { endpointId, hours, total: hours.reduce(sum, none) };
  });
}

const none = { deliveries: 0, delivered: 0, failed: 0 };

function sum(one: typeof none, other: typeof none): typeof none {
  return {
    deliveries: one.deliveries + other.deliveries,
    delivered: one.delivered + other.delivered,
    failed: one.failed + other.failed,
  };
}
