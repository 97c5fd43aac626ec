import { Card } from '../../parts/card.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import { Moment } from '../../time/moment.tsx';
import type { ProcessNow } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { useProcesses } from '../use-stats.ts';
import classes from './overview.module.css';
import { partitionText } from './partition-text.ts';

const words = overviewStrings.processes;

const columns: readonly Column<ProcessNow>[] = [
  {
    name: words.process,
    cell: ({ role, host, pid }) => (
      <>
        {role}
        <span className={`mono ${classes.where ?? ''}`}>{`${host} ${String(pid)}`}</span>
      </>
    ),
  },
  {
    name: words.inFlight,
    numeric: true,
    cell: ({ id, in_flight: inFlight }) => (
      <Figure name={`processes.${id}.in_flight`} value={inFlight} text={countText} />
    ),
  },
  { name: words.partitions, cell: ({ partitions }) => partitionText(partitions) },
  { name: words.started, cell: ({ started_at: at }) => <Moment at={at} /> },
];

/** Who is there now, and how much each has in its hands. */
export function ProcessesCard() {
  const processes = useProcesses();
  return (
    <Card title={words.title} about={words.about} flush>
      {processes.data === undefined ? (
        processes.error === null ? (
          <p className={classes.none}>{words.asking}</p>
        ) : (
          <LoadError error={processes.error} onRetry={() => void processes.refetch()} />
        )
      ) : processes.data.data.length === 0 ? (
        <p className={classes.none}>{words.none}</p>
      ) : (
        <DataTable
          caption={words.title}
          columns={columns}
          rows={processes.data.data}
          keyOf={({ id }) => id}
        />
      )}
    </Card>
  );
}
