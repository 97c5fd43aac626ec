import { useDocumentTitle } from '@mantine/hooks';
import { titleOf } from '../../strings/shell.ts';
import { Button, Progress } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHistory,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '../../api/api-problem.ts';
import type { Replay } from '../../api/schema.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Pill, type Tone } from '../../parts/pill.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { CancelDialog } from '../../replays/cancel-dialog.tsx';
import { useSteering, type Steering } from '../../replays/use-steering.ts';
import { replayStrings } from '../../strings/replays.ts';
import { Moment } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import { usePortal } from '../portal-context.tsx';
import { useReplays, useWebhooks } from '../queries.ts';
import { SkippedText } from './skipped-text.tsx';
import classes from './replays.module.css';

const looks: Record<Replay['state'], readonly [Tone, typeof IconHistory]> = {
  running: ['accent', IconPlayerPlay],
  paused: ['wait', IconPlayerPause],
  cancelled: ['still', IconPlayerStop],
  finished: ['good', IconCircleCheck],
};

/** Jobs, newest first, with how far they have got. */
export function ReplaysPage() {
  useDocumentTitle(titleOf(replayStrings.title));
  const replays = useReplays();
  if (replays.data === undefined) {
    if (replays.error === null) return <Waiting />;
    return <LoadError error={replays.error} onRetry={() => void replays.refetch()} />;
  }
  return (
    <Card title={replayStrings.title} about={replayStrings.about} flush isPage>
      {replays.data.length === 0 ? (
        <Empty icon={IconHistory} title={replayStrings.noneTitle}>
          {replayStrings.noneAbout}
        </Empty>
      ) : (
        <ul className={classes.list}>
          {replays.data.map((replay) => (
            <Job key={replay.id} replay={replay} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Job({ replay }: { readonly replay: Replay }) {
  const webhooks = useWebhooks();
  const { done, total, state } = replay;
  const [tone, icon] = looks[state];
  const url = webhooks.data?.pages
    .flatMap(({ data }) => data)
    .find(({ id }) => id === replay.filter.webhook)?.url;
  const percent = total === 0 ? 100 : Math.round((done / total) * 100);
  return (
    <li className={classes.job}>
      <div className={classes.jobHead}>
        <strong>
          {replayStrings.whats[replay.what]} {replayStrings.actions[replay.action]}
        </strong>
        <Pill tone={tone} icon={icon}>
          {replayStrings.states[state]}
        </Pill>
        <span className={`muted ${classes.when ?? ''}`}>
          <Moment at={replay.created_at} />
        </span>
      </div>
      {replay.filter.webhook === null ? null : (
        <span className={`mono muted ${classes.url ?? ''}`}>{url ?? replay.filter.webhook}</span>
      )}
      <div className={classes.bar}>
        <Progress
          value={percent}
          color={state === 'finished' ? 'teal' : 'iris'}
          className={classes.progress ?? ''}
          aria-label={replayStrings.progress(done, total)}
        />
        <span className="figures">{replayStrings.progress(done, total)}</span>
        {state === 'running' ? (
          <span className="muted figures">
            {replayStrings.rate(replay.rate)}
            {replay.eta_seconds === null ? '' : ` · ${replayStrings.eta(spanText(replay.eta_seconds))}`}
          </span>
        ) : null}
        <Controls replay={replay} />
      </div>
      <SkippedText skipped={replay.skipped} />
    </li>
  );
}

function Controls({ replay: { id, state, remaining } }: { readonly replay: Replay }) {
  const { may } = usePortal();
  const change = useSteering(id);
  const [isEnding, setIsEnding] = useState(false);
  if (state === 'finished' || state === 'cancelled' || !may('deliveries:replay')) return null;
  const button = (what: Steering, text: string, onClick: () => void) => (
    <Button variant="default" loading={change.isPending && change.variables === what} onClick={onClick}>
      {text}
    </Button>
  );
  return (
    <span className={classes.controls}>
      {state === 'running'
        ? button('pause', replayStrings.pause, () => change.mutate('pause'))
        : button('resume', replayStrings.resume, () => change.mutate('resume'))}
      {button('cancel', replayStrings.cancel, () => setIsEnding(true))}
      <CancelDialog
        opened={isEnding}
        remaining={remaining}
        onKeep={() => setIsEnding(false)}
        onEnd={() => {
          setIsEnding(false);
          change.mutate('cancel');
        }}
      />
      {change.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(change.error)}
        </Notice>
      )}
    </span>
  );
}
