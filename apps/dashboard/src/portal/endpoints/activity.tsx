import { Tooltip } from '@mantine/core';
import type { Activity } from '../../api/schema.ts';
import { percentText } from '../../parts/percent.ts';
import { Sparkline } from '../../parts/sparkline.tsx';
import { portalStrings } from '../../strings/portal.ts';
import { useActivity } from '../queries.ts';
import classes from './activity.module.css';

const words = portalStrings.endpoints;

/** The last day of an endpoint in a picture. */
export function Day({ activity }: { readonly activity: Activity }) {
  const { delivered, failed, deliveries, hours } = activity;
  const label = words.dayText(delivered, failed, deliveries - delivered - failed);
  const spans = hours.map((hour) => ({
    good: hour.delivered,
    bad: hour.failed,
    other: hour.deliveries - hour.delivered - hour.failed,
  }));
  return (
    <Tooltip label={label}>
      <span className={classes.day}>
        <Sparkline spans={spans} label={label} />
      </span>
    </Tooltip>
  );
}

/** How much of what ended was delivered. */
export function Success({ activity }: { readonly activity: Activity }) {
  const { success_ratio: ratio, deliveries } = activity;
  if (ratio === null)
    return <span className="muted">{deliveries === 0 ? words.noDeliveries : words.noneEnded}</span>;
  return <span className={`figures ${ratio < 0.95 ? (classes.low ?? '') : ''}`}>{percentText(ratio)}</span>;
}

/** Both, on the endpoint's own page. */
export function LastDay({ webhookId }: { readonly webhookId: string }) {
  const activity = useActivity([webhookId]).data?.get(webhookId);
  if (activity === undefined) return null;
  return (
    <div className={classes.lastDay}>
      <span className="muted">{words.columns.day}</span>
      <Day activity={activity} />
      <Success activity={activity} />
    </div>
  );
}
