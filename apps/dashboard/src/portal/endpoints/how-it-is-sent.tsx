import type { ReactNode } from 'react';
import type { Webhook } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { endpointStrings } from '../../strings/endpoint.ts';
import { Moment } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import { usePortal } from '../portal-context.tsx';
import classes from './endpoint.module.css';

/** What the contract promises, and what is known of the endpoint beyond its settings. */
export function HowItIsSent({ webhook }: { readonly webhook?: Webhook }) {
  const { contract } = usePortal();
  const { delays_seconds: delays, max_age_seconds: maxAge } = contract;
  const success = contract.success.map(([from, to]) =>
    from === to ? String(from) : `${String(from)}–${String(to)}`,
  );
  return (
    <Card title={endpointStrings.facts}>
      <dl className={classes.facts}>
        {webhook === undefined ? null : <OfWebhook webhook={webhook} />}
        <Fact name={endpointStrings.success}>{success.join(', ')}</Fact>
        <Fact name={endpointStrings.timeout}>{spanText(contract.timeout_seconds)}</Fact>
        <Fact name={endpointStrings.retries}>
          {delays.length === 0 ? (
            endpointStrings.noRetries
          ) : (
            <>
              {delays.map(spanText).join(', ')}{' '}
              <span className="muted">({endpointStrings.attemptsUpTo(delays.length + 1)})</span>
            </>
          )}
        </Fact>
        {maxAge === null ? null : <Fact name={endpointStrings.maxAge}>{spanText(maxAge)}</Fact>}
      </dl>
    </Card>
  );
}

function OfWebhook({ webhook }: { readonly webhook: Webhook }) {
  const { per_second: perSecond, concurrency } = webhook.limits;
  const limits = [
    ...(perSecond === null ? [] : [endpointStrings.perSecond(perSecond)]),
    ...(concurrency === null ? [] : [endpointStrings.concurrency(concurrency)]),
  ];
  return (
    <>
      <Fact name={endpointStrings.id}>
        <span className={classes.copyable}>
          <span className="mono">{webhook.id}</span>
          <CopyButton value={webhook.id} what={endpointStrings.id} />
        </span>
      </Fact>
      <Fact name={endpointStrings.created}>
        <Moment at={webhook.created_at} />
      </Fact>
      {webhook.headers.length === 0 ? null : (
        <Fact name={endpointStrings.headers}>
          <span className="mono">{webhook.headers.join(', ')}</span>
        </Fact>
      )}
      {limits.length === 0 ? null : <Fact name={endpointStrings.limits}>{limits.join(', ')}</Fact>}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </>
  );
}
