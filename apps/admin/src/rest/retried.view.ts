import type { RetriedDelivery } from '../use-cases/retry-delivery.ts';
import { isoTime } from './iso-time.ts';

export function retriedView({ delivery, chain, restamped, occurredAt }: RetriedDelivery) {
  return {
    delivery_id: delivery.id,
    status: 'pending',
    chain,
    restamped,
    occurred_at: isoTime(occurredAt),
  };
}
