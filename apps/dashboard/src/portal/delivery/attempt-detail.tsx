import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { deliveryWords } from '../../strings/delivery.ts';
import { AttemptRequest } from './attempt-request.tsx';
import { AttemptResponse } from './attempt-response.tsx';
import { goneText, sentBodyOf } from './sent-body.ts';
import classes from './delivery.module.css';

const VerifySignature = lazy(() => import('../verify/verify-signature.tsx'));

type View = 'response' | 'request' | 'verify';

/** What was sent and what came back, one at a time. */
export function AttemptDetail({
  delivery,
  attempt,
}: {
  readonly delivery: DeliveryDetail;
  readonly attempt: Attempt;
}) {
  const [view, setView] = useState<View>('response');
  return (
    <div className={classes.views}>
      <SegmentedControl
        size="xs"
        value={view}
        onChange={(next) => setView(next)}
        data={[
          { value: 'response', label: deliveryWords.response },
          { value: 'request', label: deliveryWords.request },
          { value: 'verify', label: deliveryWords.verify },
        ]}
      />
      {view === 'response' ? <AttemptResponse response={attempt.response} /> : null}
      {view === 'request' ? <AttemptRequest delivery={delivery} attempt={attempt} /> : null}
      {view === 'verify' ? <Verify delivery={delivery} attempt={attempt} /> : null}
    </div>
  );
}

function Verify({ delivery, attempt }: { readonly delivery: DeliveryDetail; readonly attempt: Attempt }) {
  const body = sentBodyOf(delivery, attempt);
  const headers = attempt.request?.headers ?? null;
  if (body === null || headers === null) return <p className="muted">{goneText(delivery)}</p>;
  return (
    <Suspense fallback={<Skeleton height={160} />}>
      <VerifySignature webhookId={delivery.webhook_id} request={{ headers, body }} />
    </Suspense>
  );
}
