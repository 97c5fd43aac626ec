import type { Delivery } from '../../api/schema.ts';
import { deliveryStrings } from '../../strings/deliveries.ts';

/** What the endpoint answered last, or why it did not: `503`, `timed out`. */
export function answerText({ last_status_code: code, last_error: error }: Delivery): string {
  if (code !== null) return String(code);
  return error === null ? deliveryStrings.noAnswer : deliveryStrings.errors[error];
}
