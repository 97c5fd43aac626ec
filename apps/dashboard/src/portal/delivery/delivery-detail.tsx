import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DeliveryDetail } from '../../api/schema.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { DeliveryPill } from '../../parts/status-pill.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { deliveryWords } from '../../strings/delivery.ts';
import { Countdown, Moment } from '../../time/moment.tsx';
import { usePortal } from '../portal-context.tsx';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { Resend } from './resend.tsx';
import classes from './delivery.module.css';

export default function DeliveryDetailView({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { contract } = usePortal();
  const { status, reason, next_attempt_at: nextAt } = delivery;
  return (
    <div className={classes.detail}>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2 className={`mono ${classes.type ?? ''}`}>{delivery.type}</h2>
          <DeliveryPill status={status} words={contract.words} />
          {nextAt === null || status !== 'pending' ? null : (
            <span className="muted">
              {deliveryStrings.next} <Countdown at={nextAt} />
            </span>
          )}
          {reason === null ? null : <span className="muted">{deliveryStrings.reasons[reason]}</span>}
        </div>
        <Resend delivery={delivery} />
      </div>
      <dl className={classes.facts}>
        <Id name={deliveryWords.id} value={delivery.id} />
        <Id name={deliveryWords.event} value={delivery.event_id} />
        <Fact name={deliveryWords.endpoint}>
          <Link
            to="/portal/endpoints/$id"
            params={{ id: delivery.webhook_id }}
            className={`mono ${classes.link ?? ''}`}
          >
            {delivery.webhook_id}
          </Link>
        </Fact>
        <Fact name={deliveryWords.occurred}>
          <Moment at={delivery.occurred_at} />
        </Fact>
        <Fact name={deliveryWords.accepted}>
          <Moment at={delivery.created_at} />
        </Fact>
        <Fact name={deliveryWords.askedBy}>{deliveryWords.askedBys[delivery.asked_by]}</Fact>
      </dl>
      <AttemptTimeline delivery={delivery} />
    </div>
  );
}

function Id({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Fact name={name}>
      <span className={classes.id}>
        <span className="mono">{value}</span>
        <CopyButton value={value} what={name} />
      </span>
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
