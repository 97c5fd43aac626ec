import { Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconRepeat } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { messageOf } from '../../api/api-problem.ts';
import type { Delivery } from '../../api/schema.ts';
import { Notice } from '../../parts/notice.tsx';
import { deliveryWords } from '../../strings/delivery.ts';
import { spanText } from '../../time/spans.ts';
import { useNow } from '../../time/clock.ts';
import { usePortal } from '../portal-context.tsx';
import classes from './delivery.module.css';

/** Sends it once more. What receivers would refuse as too old is given a new time, and that is said. */
export function Resend({ delivery }: { readonly delivery: Delivery }) {
  const { contract, may } = usePortal();
  const { api } = useApi();
  const readAgain = useReadAgain();
  const now = useNow();
  const { max_age_seconds: maxAge } = contract;
  const isOld = maxAge !== null && now - Date.parse(delivery.occurred_at) > maxAge * 1_000;
  const restamp = contract.replay === 'restamp' && isOld;
  const resend = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST('/api/v1/deliveries/{id}/retry', {
          params: { path: { id: delivery.id } },
          body: restamp ? { restamp } : {},
        }),
      ),
    onSettled: () => readAgain('deliveries'),
  });
  const forbidden = delivery.test
    ? deliveryWords.resendTest
    : may('deliveries:replay')
      ? undefined
      : deliveryWords.resendForbidden;
  const about =
    forbidden ??
    (restamp ? deliveryWords.resendRestampAbout(spanText(maxAge ?? 0)) : deliveryWords.resendAbout);
  return (
    <div className={classes.resend}>
      <Tooltip label={about}>
        <Button
          leftSection={<IconRepeat size={14} aria-hidden />}
          loading={resend.isPending}
          {...(forbidden === undefined ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          onClick={() => {
            if (forbidden === undefined) resend.mutate();
          }}
        >
          {restamp ? deliveryWords.resendRestamp : deliveryWords.resend}
        </Button>
      </Tooltip>
      {resend.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(resend.error)}
        </Notice>
      )}
      {resend.isSuccess ? (
        <Notice tone="good" icon={IconCircleCheck} role="status">
          {deliveryWords.resent}
        </Notice>
      ) : null}
    </div>
  );
}
