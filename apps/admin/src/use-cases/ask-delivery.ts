import type { DeliveryRef } from '#domain';
import type { Principal } from '#http-edge';
import { encodeAsked, LogError, type Log, type NewRecord } from '#log';
import type { AdminContext } from './admin-context.ts';

export interface Asking {
  /** All but the chain, which the asking itself numbers. */
  readonly ref: Omit<DeliveryRef, 'chain' | 'askedBy'>;
  readonly askedBy: 'test' | 'replay';
  /** Where everything about this delivery stands (R1). */
  readonly partition: number;
  /** Complete: slot filled. */
  readonly body: Uint8Array;
}

export interface Asked {
  /** Of the fact that asked, so two askings never share one (R2). */
  readonly chain: number;
  readonly position: number;
}

/**
 * First the fact, whose offset is the chain, then the record. A crash between them leaves an asking in the audit that
 * nobody was answered; asking again makes a chain of its own.
 */
export async function askDelivery(
  context: Pick<AdminContext, 'writer' | 'now'> & { readonly log: Pick<Log, 'append'> },
  principal: Principal,
  asking: Asking,
): Promise<Asked> {
  const { ref, askedBy, partition, body } = asking;
  const { tenantId, endpointId, deliveryId } = ref;
  const { position, offset } = await context.writer.fact(
    {
      type: 'delivery.asked',
      askedBy,
      tenantId,
      endpointId,
      deliveryId: askedBy === 'test' ? null : deliveryId,
      at: context.now(),
    },
    principal.actor,
  );
  if (offset === null) throw new Error('a fact that was written has an offset');
  const encoded = encodeAsked({ ref: { ...ref, chain: offset, askedBy }, body });
  await appendTwice(context.log, { topic: 'deliveries', partition, ...encoded });
  return { chain: offset, position };
}

/** Once more where nothing is known: a copy of the same chain is dropped (R3), a lost one would leave the fact alone. */
async function appendTwice(log: Pick<Log, 'append'>, record: NewRecord): Promise<void> {
  try {
    await log.append([record]);
  } catch (error) {
    if (!(error instanceof LogError && error.retryable)) throw error;
    await log.append([record]);
  }
}
