import { Button, Select, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, IconSend } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { messageOf } from '../../api/api-problem.ts';
import type { TestResult } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/notice.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { endpointStrings } from '../../strings/endpoint.ts';
import { durationText } from '../../time/spans.ts';
import { visibleText } from '../delivery/visible-text.ts';
import { usePortal } from '../portal-context.tsx';
import classes from './test-event.module.css';

/** HL-17: a valid sample, disabled while something is unsaved, its result in place. */
export function TestEventCard({
  webhookId,
  isDirty,
  onShow,
}: {
  readonly webhookId: string;
  readonly isDirty: boolean;
  readonly onShow: (deliveryId: string) => void;
}) {
  const { contract, may } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const [type, setType] = useState<string | null>(contract.event_types[0]?.type ?? null);
  const test = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/v1/webhooks/{id}/test', {
          params: { path: { id: webhookId } },
          body: type === null ? {} : { type },
        }),
      ),
    onSettled: () => readAgain('deliveries'),
  });
  const button = (
    <Button
      leftSection={<IconSend size={14} aria-hidden />}
      loading={test.isPending}
      disabled={!may('endpoints:write')}
      // Not `disabled` where something is unsaved: a disabled button tells nobody why.
      {...(isDirty ? { 'data-disabled': true, 'aria-disabled': true } : {})}
      onClick={() => {
        if (!isDirty) test.mutate();
      }}
    >
      {endpointStrings.testSend}
    </Button>
  );
  return (
    <Card title={endpointStrings.testTitle} about={endpointStrings.testAbout}>
      <div className={classes.row}>
        {contract.event_types.length > 1 ? (
          <Select
            aria-label={endpointStrings.testType}
            size="xs"
            className={classes.type ?? ''}
            data={contract.event_types.map(({ type: value, label }) => ({ value, label }))}
            value={type}
            allowDeselect={false}
            onChange={setType}
          />
        ) : null}
        {isDirty ? <Tooltip label={endpointStrings.testDirty}>{button}</Tooltip> : button}
      </div>
      <div aria-live="polite" className={classes.result}>
        {test.error === null ? null : (
          <Notice tone="bad" icon={IconAlertTriangle} role="alert">
            {messageOf(test.error)}
          </Notice>
        )}
        {test.data === undefined || test.isPending ? null : <Result result={test.data} onShow={onShow} />}
      </div>
    </Card>
  );
}

function Result({
  result,
  onShow,
}: {
  readonly result: TestResult;
  readonly onShow: (deliveryId: string) => void;
}) {
  const show = (
    <Button variant="default" onClick={() => onShow(result.delivery_id)}>
      {endpointStrings.testDetails}
    </Button>
  );
  const { status, status_code: code, duration_ms: ms, error } = result;
  if (status === 'pending') {
    return (
      <Notice tone="wait" icon={IconClock} title={endpointStrings.testPending} actions={show}>
        {result.type}
      </Notice>
    );
  }
  const isGood = status === 'delivered';
  return (
    <Notice
      tone={isGood ? 'good' : 'bad'}
      icon={isGood ? IconCircleCheck : IconCircleX}
      title={isGood ? endpointStrings.testDone : endpointStrings.testFailed}
      actions={show}
    >
      <span className="figures">
        {code ?? (error === null ? '' : deliveryStrings.errors[error.class])}
        {ms === null ? '' : ` ${endpointStrings.testIn} ${durationText(ms)}`}
      </span>
      {error?.message === null || error === null ? null : <div>{visibleText(error.message)}</div>}
    </Notice>
  );
}
