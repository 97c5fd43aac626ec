import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import { Moment } from '../../time/moment.tsx';
import { spanText } from '../../time/spans.ts';
import type { Stats } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import classes from './overview.module.css';

const words = overviewStrings.backlog;
type Group = Stats['backlog'][number];

/** From what is late to what is not due for long; what is held waits for somebody. */
const order = ['overdue', 'at_once', 'within_1m', 'within_10m', 'within_1h', 'later', 'held'];

const columns: readonly Column<Group>[] = [
  {
    name: words.due,
    cell: ({ due, oldest_due_seconds: late }) => (
      <>
        {words.names[due] ?? due}
        {due === 'overdue' && late !== null && late > 0 ? (
          <>
            {', '}
            <Figure
              name="backlog.overdue.oldest_due_seconds"
              value={late}
              text={(by) => words.lateBy(spanText(by))}
            />
          </>
        ) : null}
      </>
    ),
  },
  {
    name: words.deliveries,
    numeric: true,
    cell: ({ due, deliveries }) => (
      <Figure name={`backlog.${due}.deliveries`} value={deliveries} text={countText} />
    ),
  },
  {
    name: words.oldest,
    numeric: true,
    cell: ({ oldest_accepted_at: at }) => <Moment at={at} />,
  },
];

type Age = Stats['backlog_by_age'][number];

const ageColumns: readonly Column<Age>[] = [
  { name: words.age, cell: ({ age }) => words.ages[age] ?? age },
  {
    name: words.pending,
    numeric: true,
    cell: ({ age, pending }) => (
      <Figure name={`backlog_by_age.${age}.pending`} value={pending} text={countText} />
    ),
  },
  {
    name: words.held,
    numeric: true,
    cell: ({ age, held }) => <Figure name={`backlog_by_age.${age}.held`} value={held} text={countText} />,
  },
];

/** What is not settled: when it is due, and since when it waits. */
export function BacklogCard({ stats: { backlog, backlog_by_age: ages } }: { readonly stats: Stats }) {
  const rows = [...backlog].sort((a, b) => order.indexOf(a.due) - order.indexOf(b.due));
  return (
    <Card title={words.title} about={words.about} flush>
      {rows.length === 0 ? (
        <p className={classes.none}>{words.noneAbout}</p>
      ) : (
        <>
          <DataTable caption={words.title} columns={columns} rows={rows} keyOf={({ due }) => due} />
          <div className={classes.second}>
            <DataTable caption={words.byAge} columns={ageColumns} rows={ages} keyOf={({ age }) => age} />
          </div>
        </>
      )}
    </Card>
  );
}
