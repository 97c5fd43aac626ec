import { Button, Checkbox, Modal, Radio, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { useReadAgain } from '../../live/read-again.ts';
import { messageOf } from '../../api/api-problem.ts';
import type { Replay } from '../../api/schema.ts';
import dialog from '../../parts/dialog.module.css';
import { Notice } from '../../parts/notice.tsx';
import { partsStrings } from '../../strings/parts.ts';
import { replayStrings } from '../../strings/replays.ts';
import { absoluteText } from '../../time/moment.tsx';
import { usePortal } from '../portal-context.tsx';
import { SkippedText } from './skipped-text.tsx';
import classes from './replays.module.css';

export type Recovery = 'failed' | 'missed';

/** Counts before it sends: preset windows, each with its exact beginning. */
export function RecoverDialog({
  webhookId,
  recovery,
  onClose,
}: {
  readonly webhookId: string;
  readonly recovery: Recovery | null;
  readonly onClose: () => void;
}) {
  const title = recovery === 'missed' ? replayStrings.missedTitle : replayStrings.failedTitle;
  return (
    <Modal opened={recovery !== null} onClose={onClose} title={title} size="md">
      {recovery === null ? null : <RecoverForm webhookId={webhookId} recovery={recovery} onClose={onClose} />}
    </Modal>
  );
}

function RecoverForm({
  webhookId,
  recovery,
  onClose,
}: {
  readonly webhookId: string;
  readonly recovery: Recovery;
  readonly onClose: () => void;
}) {
  const { contract } = usePortal();
  const { api, tenant } = useApi();
  const readAgain = useReadAgain();
  const navigate = useNavigate();
  const [openedAt] = useState(() => Date.now());
  const [hours, setHours] = useState('8');
  const [restamp, setRestamp] = useState(contract.replay === 'restamp');
  const since = (count: string) => new Date(openedAt - Number(count) * 3_600_000).toISOString();
  const body = {
    what: recovery,
    filter: { webhook: webhookId, since: since(hours) },
    ...(restamp ? { restamp } : {}),
  };
  const plan = useQuery({
    queryKey: ['replay-plan', tenant, body],
    queryFn: async ({ signal }) => {
      const { data } = await api.POST('/api/v1/replays', { signal, body: { ...body, dry_run: true } });
      return data !== undefined && 'dry_run' in data ? data : null;
    },
    staleTime: 10_000,
  });
  const start = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/replays', { body })),
    onSuccess: async () => {
      readAgain('replays');
      onClose();
      await navigate({ to: '/portal/replays' });
    },
  });
  const toSend = plan.data?.to_send ?? 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (toSend > 0) start.mutate();
      }}
    >
      <p className={dialog.about}>
        {recovery === 'missed' ? replayStrings.missedAbout : replayStrings.failedAbout}
      </p>
      <Radio.Group label={replayStrings.since} value={hours} onChange={setHours}>
        <Stack gap="xs" mt="xs">
          {replayStrings.windows.map(({ value, label }) => (
            <Radio
              key={value}
              value={value}
              size="xs"
              label={label}
              description={
                <span className="figures">
                  {replayStrings.from} {absoluteText(since(value))}
                </span>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {contract.replay === 'restamp' ? (
        <Checkbox
          mt="md"
          size="xs"
          label={replayStrings.restamp}
          checked={restamp}
          onChange={(event) => setRestamp(event.currentTarget.checked)}
        />
      ) : null}
      <div className={classes.plan} role="status">
        {plan.isPending ? replayStrings.counting : <PlanText plan={plan.data ?? null} />}
        {plan.error === null ? null : messageOf(plan.error)}
      </div>
      {start.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(start.error)}
        </Notice>
      )}
      <div className={dialog.actions}>
        <Button variant="default" onClick={onClose}>
          {partsStrings.cancel}
        </Button>
        <Button type="submit" loading={start.isPending} disabled={toSend === 0}>
          {toSend === 0 ? replayStrings.start : replayStrings.startMany(toSend)}
        </Button>
      </div>
    </form>
  );
}

function PlanText({
  plan,
}: {
  readonly plan: {
    readonly to_send: number;
    readonly skipped: Replay['skipped'];
    readonly up_to_date: boolean;
  } | null;
}) {
  if (plan === null) return null;
  return (
    <>
      <strong className="figures">{replayStrings.count(plan.to_send)}</strong>
      <SkippedText skipped={plan.skipped} />
      {plan.up_to_date ? null : <div>{replayStrings.behind}</div>}
    </>
  );
}
