import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { deliveryWords } from '../../strings/delivery.ts';

/** The body of an attempt as it left, byte for byte. Null: it is not kept, or may not be shown. */
export function sentBodyOf(delivery: DeliveryDetail, attempt: Attempt): string | null {
  if (attempt.restamped_body !== undefined) return attempt.restamped_body;
  return attempt.restamped_at === undefined ? delivery.body : null;
}

/** Why there is none. */
export function goneText({ test }: DeliveryDetail): string {
  return test ? deliveryWords.bodyOfTest : deliveryWords.bodyGone;
}
