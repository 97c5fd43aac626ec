import { IconPlugConnectedX } from '@tabler/icons-react';
import { LoadError } from '../../parts/load-error.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { Moment } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import { PageHead } from '../parts/page-head.tsx';
import { useLastError } from '../parts/use-last-error.ts';
import { useProcesses, useStats, useTiers } from '../use-stats.ts';
import { BacklogCard } from './backlog-card.tsx';
import { DisabledToday } from './disabled-today.tsx';
import { EngineCard } from './engine-card.tsx';
import { FlowCard } from './flow-card.tsx';
import { LagCard } from './lag-card.tsx';
import { LatencyCard } from './latency-card.tsx';
import classes from './overview.module.css';
import { ProcessesCard } from './processes-card.tsx';
import { Verdict } from './verdict.tsx';
import { WorstEndpoints } from './worst-endpoints.tsx';

const words = opsStrings.overview;

/** What the engine does now, and what of it needs somebody: that comes first. */
export function OverviewPage() {
  const stats = useStats();
  const tiers = useTiers();
  const processes = useProcesses().data?.data;
  const { data } = stats;
  const [noStats, noTiers] = [useLastError(stats), useLastError(tiers)];
  const failed = noStats ?? noTiers;
  if (data === undefined || tiers.data === undefined) {
    if (failed === null) return <Waiting />;
    const retry = () => {
      void stats.refetch();
      void tiers.refetch();
    };
    return <LoadError error={failed} onRetry={retry} />;
  }
  const { tables_written_at: written } = data;
  return (
    <>
      <PageHead title={words.title} about={words.window(spanText(data.window_seconds))}>
        <span className={classes.written}>
          {written === null ? (
            words.never
          ) : (
            <>
              {words.written} <Moment at={written} />
            </>
          )}
        </span>
      </PageHead>
      <div className={classes.page}>
        {stats.error === null ? null : (
          <Notice tone="wait" icon={IconPlugConnectedX} role="alert">
            {words.stale}
          </Notice>
        )}
        <Verdict stats={data} processes={processes} />
        <EngineCard stats={data} tiers={tiers.data.data} processes={processes} />
        <div className={classes.columns}>
          <div className={classes.page}>
            <FlowCard stats={data} />
            <ProcessesCard />
            <WorstEndpoints stats={data} />
            <DisabledToday stats={data} />
          </div>
          <div className={classes.page}>
            <LatencyCard stats={data} />
            <BacklogCard stats={data} />
            <LagCard />
          </div>
        </div>
      </div>
    </>
  );
}
