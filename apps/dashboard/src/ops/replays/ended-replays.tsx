import { Pill } from '../../parts/pill.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { Moment } from '../../time/moment.tsx';
import type { ReplayJob } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { TenantLink } from '../parts/tenant-link.tsx';
import { skipsOf } from './replay-progress.ts';

const words = opsStrings.replays;

const columns: readonly Column<ReplayJob>[] = [
  {
    name: words.job,
    cell: ({ id, what, action }) => (
      <>
        {words.what[what]} <span className="muted">{words.action[action]}</span>
        <br />
        <span className="mono muted">{id}</span>
      </>
    ),
  },
  { name: words.tenant, cell: ({ tenant }) => <TenantLink id={tenant} /> },
  {
    name: words.stateHead,
    cell: ({ state }) => <Pill tone={state === 'finished' ? 'good' : 'still'}>{words.state[state]}</Pill>,
  },
  {
    name: words.sent,
    numeric: true,
    cell: ({ id, asked, total }) => (
      <>
        <Figure name={`replays.${id}.asked`} value={asked} text={countText} />
        {' of '}
        <Figure name={`replays.${id}.total`} value={total} text={countText} />
      </>
    ),
  },
  {
    name: words.skipped,
    cell: (job) =>
      skipsOf(job)
        .map(([why, count]) => `${countText(count)} ${words.skips[why]}`)
        .join(', ') || '–',
  },
  { name: words.ended, cell: ({ updated_at: at }) => <Moment at={at} /> },
];

export function EndedReplays({ jobs }: { readonly jobs: readonly ReplayJob[] }) {
  return <DataTable caption={words.past} columns={columns} rows={jobs} keyOf={({ id }) => id} />;
}
