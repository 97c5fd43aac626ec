import type { ControlTable } from '#control';
import type { EndpointState } from '#domain';
import { Refused, requireScope, type Principal } from '#http-edge';
import type { DeliveryRow, Page } from '#read-model';
import { ownEndpoint } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { listPage, type ListPage, type PageAsk } from './list-page.ts';

const LATEST = 50;

/** Of the caller's tenant; of all tenants for a root key that names none. */
export function listEndpoints(
  context: AdminContext,
  principal: Principal,
  ask: PageAsk,
): ListPage<EndpointState> {
  requireScope(principal, 'endpoints:read');
  const { table } = context.control;
  return listPage(
    principal.tenantId === null ? allEndpoints(table) : table.endpointsOf(principal.tenantId),
    ask,
  );
}

function* allEndpoints(table: ControlTable): Iterable<EndpointState> {
  for (const tenant of table.tenants()) yield* table.endpointsOf(tenant.id);
}

/** `deliveries`: the latest 50; `held`: how many are. null: the history is away, which is no reason to hide the endpoint. */
export interface EndpointWithDeliveries {
  readonly endpoint: EndpointState;
  readonly deliveries: Page<DeliveryRow> | null;
  readonly held: number | null;
}

export async function getEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  after: string | undefined,
): Promise<EndpointWithDeliveries> {
  requireScope(principal, 'endpoints:read');
  const { endpoint } = ownEndpoint(context, principal, id);
  try {
    const [deliveries, held] = await fromHistory(context, (history) =>
      Promise.all([
        history.listDeliveries(endpoint.tenantId, { endpointId: id, limit: LATEST, after }),
        history.heldCount(id),
      ]),
    );
    return { endpoint, deliveries, held };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unavailable') {
      return { endpoint, deliveries: null, held: null };
    }
    throw error;
  }
}
