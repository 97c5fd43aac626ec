import { Card } from '../../parts/card.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import { Moment } from '../../time/moment.tsx';
import type { Stats } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { EndpointName } from '../parts/endpoint-name.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { TenantLink } from '../parts/tenant-link.tsx';
import classes from './overview.module.css';

const words = overviewStrings.disabled;
type Disabled = Stats['disabled_today'][number];

const columns: readonly Column<Disabled>[] = [
  {
    name: overviewStrings.worst.endpoint,
    cell: ({ webhook_id: id, origin }) => <EndpointName id={id} origin={origin} />,
  },
  { name: overviewStrings.worst.tenant, cell: ({ tenant }) => <TenantLink id={tenant} /> },
  { name: words.reason, cell: ({ reason }) => (reason === null ? '–' : (words.reasons[reason] ?? reason)) },
  { name: words.when, cell: ({ disabled_at: at }) => <Moment at={at} /> },
];

/** Whose customers receive nothing until somebody does something. */
export function DisabledToday({ stats: { disabled_today: today } }: { readonly stats: Stats }) {
  const title = (
    <>
      {words.title} <Figure name="disabled_today" value={today.length} text={countText} />
    </>
  );
  return (
    <div id="disabled" className={classes.place}>
      <Card title={title} about={words.about} flush>
        {today.length === 0 ? (
          <p className={classes.none}>{words.noneAbout}</p>
        ) : (
          <DataTable
            caption={words.title}
            columns={columns}
            rows={today}
            keyOf={({ webhook_id: id, disabled_at: at }) => `${id} ${at}`}
          />
        )}
      </Card>
    </div>
  );
}
