import { Refused, requireScope, type Principal } from '#http-edge';
import type {
  DeliveryDetail,
  DeliveryFilter,
  DeliveryRow,
  EventDetail,
  EventFilter,
  EventSummary,
  Page,
} from '#read-model';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';

/** Newest first. */
export async function listDeliveries(
  context: AdminContext,
  principal: Principal,
  ask: DeliveryFilter,
): Promise<Page<DeliveryRow>> {
  requireScope(principal, 'deliveries:read');
  return fromHistory(context, (history) => history.listDeliveries(principal.tenantId, ask));
}

export async function getDelivery(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<DeliveryDetail> {
  requireScope(principal, 'deliveries:read');
  return deliveryById(context, principal, id);
}

export async function deliveryById(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<DeliveryDetail> {
  const found = await fromHistory(context, (history) => history.getDelivery(principal.tenantId, id));
  if (found === undefined) throw new Refused('not_found', 'no such delivery');
  return found;
}

/** Newest first, without bodies. */
export async function listEvents(
  context: AdminContext,
  principal: Principal,
  ask: EventFilter,
): Promise<Page<EventSummary>> {
  requireScope(principal, 'events:read');
  return fromHistory(context, (history) => history.listEvents(principal.tenantId, ask));
}

export async function getEvent(
  context: AdminContext,
  principal: Principal,
  id: string,
): Promise<EventDetail> {
  requireScope(principal, 'events:read');
  const found = await fromHistory(context, (history) => history.getEvent(principal.tenantId, id));
  if (found === undefined) throw new Refused('not_found', 'no such event');
  return found;
}
