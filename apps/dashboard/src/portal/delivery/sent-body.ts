import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { useEvent } from '../queries.ts';

const SLOT = '0'.repeat(36);

/** The body of an attempt, byte for byte. Null: it is not kept any more; undefined: it is on its way. */
export function useSentBody(delivery: DeliveryDetail, _attempt: Attempt): string | null | undefined {
  const event = useEvent(delivery.event_id);
  if (event.error !== null) return null;
  return event.data?.body.replace(SLOT, delivery.id);
}
