import type { ReactNode } from 'react';
import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import { opsStrings } from '../../strings/ops.ts';
import type { Stats } from '../ops-schema.ts';
import { countText, rateText, ratioText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import classes from './flow-card.module.css';
import { HourChart } from './hour-chart.tsx';

const words = overviewStrings.rates;

/** What comes in and what goes out. */
export function FlowCard({ stats: { rates, attempts, endpoints } }: { readonly stats: Stats }) {
  return (
    <Card title={words.title}>
      <dl className={classes.figures}>
        <Item name={words.in} about={words.inAbout}>
          <Figure name="rates.accepted_per_second" value={rates.accepted_per_second} text={rateText} />
          <Unit />
        </Item>
        <Item name={words.out} about={words.outAbout}>
          <Figure name="rates.delivered_per_second" value={rates.delivered_per_second} text={rateText} />
          <Unit />
        </Item>
        <Item
          name={words.success}
          about={
            <>
              <Figure name="attempts.delivered" value={attempts.delivered} text={countText} />
              {' of '}
              <Figure name="attempts.made" value={attempts.made} text={countText} />
              {' attempts'}
            </>
          }
        >
          <Figure name="attempts.success_ratio" value={attempts.success_ratio} text={ratioText} />
        </Item>
        <Item
          name={words.endpoints}
          about={
            <>
              <Figure name="endpoints.off" value={endpoints.off} text={countText} /> {words.off}
              {' · '}
              <Figure name="endpoints.failed" value={endpoints.failed} text={countText} /> {words.failed}
            </>
          }
        >
          <Figure name="endpoints.active" value={endpoints.active} text={countText} />
          <span className={classes.unit}>{words.active}</span>
        </Item>
      </dl>
      <HourChart />
    </Card>
  );
}

const Unit = () => <span className={classes.unit}>{opsStrings.perSecond}</span>;

function Item({
  name,
  about,
  children,
}: {
  readonly name: string;
  readonly about: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.item}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
      <dd className={classes.about}>{about}</dd>
    </div>
  );
}
