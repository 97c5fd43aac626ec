import { contractSample, deliveryIdOf, fillSlot, renderEvent } from '#contracts';
import { requireScope, type Principal } from '#http-edge';
import { partitionOf } from '#log';
import { ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { askDelivery } from './ask-delivery.ts';
import type { SeenOutcome } from './outcome-watch.ts';
import { refusedField } from './refused-field.ts';

/** Beyond the contract's timeout: two hops through the log, and a busy lane. */
const GRACE_MS = 2_000;

export interface TestResult {
  readonly deliveryId: string;
  readonly eventType: string;
  /** Undefined: not known yet; the delivery's page will tell. */
  readonly seen: SeenOutcome | undefined;
  readonly position: number;
}

/**
 * Send Test Event: a valid sample in the contract's own form, one attempt, also to an endpoint that is switched off,
 * never counted against it (R24). Waits for the outcome, in the log, so that the answer can say what came back.
 */
export async function testEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: { readonly type?: string | undefined },
): Promise<TestResult> {
  requireScope(principal, 'endpoints:write');
  const { endpoint, tenant, contract } = ownEndpoint(context, principal, id);
  requireEntitled(tenant);
  const [first] = contract.eventTypes.keys();
  const type = ask.type ?? first;
  if (type === undefined) throw refusedField('/type', 'required', `${contract.title} lists no event types`);
  const now = context.now();
  const event = renderEvent(
    contract,
    tenant,
    { id: null, type, occurredAt: null, data: contractSample(contract, type) },
    { now, random: context.random(32) },
  );
  context.testPace.take(id, now);
  const deliveryId = deliveryIdOf(tenant.id, event.eventId, id);
  const partition = partitionOf(tenant.id, context.partitions);
  const watching = await context.outcomes.begin(partition);
  try {
    const { chain, position } = await askDelivery(context, principal, {
      ref: {
        deliveryId,
        tenantId: tenant.id,
        endpointId: endpoint.id,
        eventId: event.eventId,
        eventType: type,
        eventOffset: null,
        occurredAt: event.occurredAt,
        acceptedAt: now,
      },
      askedBy: 'test',
      partition,
      body: fillSlot(event.body, event.slot, deliveryId),
    });
    const seen = await watching.until(deliveryId, chain, contract.policy.timeoutMs + GRACE_MS);
    return { deliveryId, eventType: type, seen, position };
  } finally {
    await watching.stop();
  }
}
