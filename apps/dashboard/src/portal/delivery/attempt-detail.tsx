import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Attempt, DeliveryDetail } from '../../api/schema.ts';
import { deliveryWords } from '../../strings/delivery.ts';
import { AttemptRequest } from './attempt-request.tsx';
import { AttemptResponse } from './attempt-response.tsx';
import classes from './delivery.module.css';

type View = 'response' | 'request';

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
        ]}
      />
      {view === 'response' ? (
        <AttemptResponse response={attempt.response} />
      ) : (
        <AttemptRequest delivery={delivery} attempt={attempt} />
      )}
    </div>
  );
}
