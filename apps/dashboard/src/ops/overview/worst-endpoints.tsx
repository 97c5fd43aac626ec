import { Card } from '../../parts/card.tsx';
import { EndpointPill } from '../../parts/status-pill.tsx';
import { overviewStrings } from '../../strings/ops-overview.ts';
import type { Stats } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { EndpointName } from '../parts/endpoint-name.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { TenantLink } from '../parts/tenant-link.tsx';
import classes from './overview.module.css';
import { ShareBar } from './share-bar.tsx';

const words = overviewStrings.worst;
type Worst = Stats['worst_endpoints'][number];

const columns: readonly Column<Worst>[] = [
  {
    name: words.endpoint,
    cell: ({ webhook_id: id, origin }) => <EndpointName id={id} origin={origin} />,
  },
  { name: words.tenant, cell: ({ tenant }) => <TenantLink id={tenant} /> },
  {
    name: words.status,
    // The API's words are those of a webhook.
    cell: ({ status }) => <EndpointPill status={status as Status} text={words.words[status as Status]} />,
  },
  {
    name: words.failed,
    numeric: true,
    cell: ({ webhook_id: id, failed_attempts: failed, attempts }) => (
      <>
        <Figure name={`worst_endpoints.${id}.failed_attempts`} value={failed} text={countText} />
        {' of '}
        <Figure name={`worst_endpoints.${id}.attempts`} value={attempts} text={countText} />
        <ShareBar part={failed} whole={attempts} />
      </>
    ),
  },
];
type Status = keyof typeof words.words;

/** Those whose receivers cost most attempts. */
export function WorstEndpoints({ stats: { worst_endpoints: worst } }: { readonly stats: Stats }) {
  const failing = worst.filter(({ failed_attempts: failed }) => failed > 0);
  return (
    <div id="worst" className={classes.place}>
      <Card title={words.title} about={words.about} flush>
        {failing.length === 0 ? (
          <p className={classes.none}>{words.noneAbout}</p>
        ) : (
          <DataTable
            caption={words.title}
            columns={columns}
            rows={failing}
            keyOf={({ webhook_id: id }) => id}
          />
        )}
      </Card>
    </div>
  );
}
