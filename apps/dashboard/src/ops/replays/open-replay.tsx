import { Button, Group, Progress } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconSquare } from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '../../api/api-problem.ts';
import { Notice } from '../../parts/notice.tsx';
import { Pill } from '../../parts/pill.tsx';
import { CancelDialog } from '../../replays/cancel-dialog.tsx';
import { useSteering } from '../../replays/use-steering.ts';
import { opsStrings } from '../../strings/ops.ts';
import { Moment } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import type { ReplayJob } from '../ops-schema.ts';
import { countText, rateText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { TenantLink } from '../parts/tenant-link.tsx';
import classes from './open-replay.module.css';
import { doneShare, doneText, skipsOf } from './replay-progress.ts';

const words = opsStrings.replays;

/** A job that is under way, and what may be done with it. */
export function OpenReplay({ job }: { readonly job: ReplayJob }) {
  const steering = useSteering(job.id);
  const [asking, setAsking] = useState(false);
  const paused = job.state === 'paused';
  const name = `replays.${job.id}`;
  const skipped = skipsOf(job).reduce((sum, [, count]) => sum + count, 0);
  return (
    <li className={classes.job} data-replay={job.id}>
      <div className={classes.head}>
        <h3 className={classes.what}>
          {words.what[job.what]} <span className="muted">{words.action[job.action]}</span>
        </h3>
        <Pill tone={paused ? 'wait' : 'accent'}>{words.state[job.state]}</Pill>
        <span className={classes.whose}>
          <TenantLink id={job.tenant} /> · <span className="mono">{job.id}</span> · {words.began}{' '}
          <Moment at={job.created_at} />
        </span>
        <Group gap="0.4rem" className={classes.actions ?? ''}>
          <Button
            variant="default"
            leftSection={
              paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
            }
            loading={steering.isPending}
            onClick={() => steering.mutate(paused ? 'resume' : 'pause')}
          >
            {paused ? words.resume : words.pause}
          </Button>
          <Button
            variant="default"
            leftSection={<IconSquare size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {words.cancel}
          </Button>
        </Group>
      </div>
      <Progress
        value={doneShare(job) * 100}
        color={paused ? 'gray' : 'iris'}
        size="md"
        aria-label={words.progress(job.id)}
      />
      <p className={classes.figures}>
        <strong>{doneText(job)}</strong>
        <span>
          <Figure name={`${name}.done`} value={job.done} text={countText} />
          {' of '}
          <Figure name={`${name}.total`} value={job.total} text={countText} />
        </span>
        <span>
          {words.sent} <Figure name={`${name}.asked`} value={job.asked} text={countText} />
        </span>
        {skipped === 0 ? null : (
          <span>
            {words.skipped} {countText(skipped)}
          </span>
        )}
        <span>
          <Figure name={`${name}.rate`} value={job.rate} text={rateText} />
          {opsStrings.perSecond}
        </span>
        <span>{job.eta_seconds === null ? words.noEta : words.eta(spanText(job.eta_seconds))}</span>
      </p>
      {steering.error === null ? null : (
        <Notice tone="bad" icon={IconAlertTriangle} role="alert">
          {messageOf(steering.error)}
        </Notice>
      )}
      <CancelDialog
        opened={asking}
        remaining={job.remaining}
        onKeep={() => setAsking(false)}
        onEnd={() => {
          setAsking(false);
          steering.mutate('cancel');
        }}
      />
    </li>
  );
}
