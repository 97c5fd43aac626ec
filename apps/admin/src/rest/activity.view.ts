import type { EndpointActivity } from '../use-cases/read-activity.ts';
import { isoTime } from './iso-time.ts';

export function activityView({ endpointId, hours, total }: EndpointActivity) {
  const { deliveries, delivered, failed } = total;
  const ended = delivered + failed;
  return {
    webhook_id: endpointId,
    deliveries,
    delivered,
    failed,
    success_ratio: ended === 0 ? null : delivered / ended,
    hours: hours.map(({ hour, ...counts }) => ({ at: isoTime(hour), ...counts })),
  };
}
