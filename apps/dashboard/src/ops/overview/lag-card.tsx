import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import type { GroupLag } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { useProcesses } from '../use-stats.ts';
import classes from './overview.module.css';

const words = overviewStrings.lag;

const columns: readonly Column<GroupLag>[] = [
  { name: words.group, cell: ({ group }) => group },
  { name: words.topic, cell: ({ topic }) => <span className="mono">{topic}</span> },
  {
    name: words.records,
    numeric: true,
    cell: ({ group, topic, records }) => (
      <Figure name={`lag.${group}.${topic}`} value={records} text={countText} />
    ),
  },
];

/** How far each reader is behind the log. What waits in a tier is no lag: the picture above shows it. */
export function LagCard() {
  const { data } = useProcesses();
  if (data === undefined) return null;
  const behind = data.lag.filter(({ topic }) => !topic.startsWith('retry.'));
  return (
    <Card title={words.title} about={words.about} flush>
      {behind.length === 0 ? (
        <p className={classes.none}>{words.none}</p>
      ) : (
        <DataTable
          caption={words.title}
          columns={columns}
          rows={behind}
          keyOf={({ group, topic }) => `${group} ${topic}`}
        />
      )}
    </Card>
  );
}
