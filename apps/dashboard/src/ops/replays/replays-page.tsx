import { IconPlayerPlay } from '@tabler/icons-react';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { EndedReplays } from './ended-replays.tsx';
import { OpenReplay } from './open-replay.tsx';
import { byState } from './replay-progress.ts';
import classes from './replays-page.module.css';
import { useReplayJobs } from './use-replay-jobs.ts';

const words = opsStrings.replays;

export function ReplaysPage() {
  const jobs = useReplayJobs();
  if (jobs.data === undefined) {
    if (jobs.error === null) return <Waiting />;
    return <LoadError error={jobs.error} onRetry={() => void jobs.refetch()} />;
  }
  const { open, ended } = byState(jobs.data);
  return (
    <>
      <PageHead title={words.title} about={words.about} />
      <div className={classes.page}>
        <Card
          title={
            <>
              {words.running} <Figure name="replays.open" value={open.length} text={countText} />
            </>
          }
          about={words.runningAbout}
          flush
        >
          {open.length === 0 ? (
            <Empty icon={IconPlayerPlay} title={words.noneRunning}>
              {words.noneAbout}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {open.map((job) => (
                <OpenReplay key={job.id} job={job} />
              ))}
            </ul>
          )}
        </Card>
        {ended.length === 0 ? null : (
          <Card title={words.past} about={words.pastAbout} flush>
            <EndedReplays jobs={ended} />
          </Card>
        )}
      </div>
    </>
  );
}
