import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { LoadError } from '../../parts/load-error.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import type { Minute } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { useMinutes } from '../use-stats.ts';
import classes from './hour-chart.module.css';
import { HourLines } from './hour-lines.tsx';
import { endedMinutes, hourTotals, latestFirst } from './minutes.ts';

const words = overviewStrings.rates;
const lines = ['accepted', 'attempts', 'delivered'] as const;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const columns: readonly Column<Minute>[] = [
  { name: words.minute, cell: ({ at }) => <time dateTime={at}>{clock.format(new Date(at))}</time> },
  ...lines.map((line) => ({
    name: words.lines[line],
    numeric: true,
    cell: (minute: Minute) => countText(minute[line]),
  })),
];

/** What came in, was tried and went out, minute by minute; and the same as a table. */
export function HourChart() {
  const minutes = useMinutes();
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('light');
  if (minutes.data === undefined) {
    if (minutes.error === null) return <div className={classes.place} />;
    return <LoadError error={minutes.error} onRetry={() => void minutes.refetch()} />;
  }
  const { data } = minutes.data;
  // The current minute still grows: it would always look like a fall.
  const ended = endedMinutes(data);
  const { accepted, attempts, delivered } = hourTotals(ended);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>{words.hour}</span>
        <ul className={classes.legend}>
          {lines.map((line) => (
            <li key={line} className={classes[line]}>
              {words.lines[line]}
            </li>
          ))}
        </ul>
      </figcaption>
      <div
        ref={ref}
        className={classes.place}
        role="img"
        aria-label={words.hourSaid(countText(accepted), countText(attempts), countText(delivered))}
      >
        {width === 0 ? null : <HourLines key={scheme} minutes={ended} width={width} />}
      </div>
      <details className={classes.table}>
        <summary>{words.table}</summary>
        <DataTable caption={words.hour} columns={columns} rows={latestFirst(ended)} keyOf={({ at }) => at} />
      </details>
    </figure>
  );
}
