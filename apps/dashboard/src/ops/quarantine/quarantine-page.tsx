import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { quarantineStrings as words } from '../../strings/quarantine.ts';
import { Moment } from '../../time/moment.tsx';
import type { QuarantinedRecord } from '../ops-schema.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { countText } from '../parts/figure-text.ts';
import { Figure } from '../parts/figure.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useLastError } from '../parts/use-last-error.ts';
import { useStats } from '../use-stats.ts';
import { RedriveButton } from './redrive-button.tsx';

/** Live events tell of no quarantine; figures of it come every second, so its list need not. */
const AGAIN_MS = 4_000;

const columns: readonly Column<QuarantinedRecord>[] = [
  {
    name: words.record,
    cell: ({ topic, partition, offset }) => (
      <span className="mono">{words.place(topic, partition, offset)}</span>
    ),
  },
  { name: words.reason, cell: ({ reason }) => reason },
  { name: words.at, cell: ({ at }) => <Moment at={at} /> },
  { name: words.action, cell: (record) => <RedriveButton record={record} /> },
];

export function QuarantinePage() {
  const stats = useStats();
  const count = stats.data?.quarantined;
  return (
    <>
      <PageHead title={words.title} about={words.about} />
      <Card
        title={
          <>
            {words.list}{' '}
            {count === undefined ? null : <Figure name="quarantined" value={count} text={countText} />}
          </>
        }
        flush
      >
        <Records />
      </Card>
    </>
  );
}

function Records() {
  const { api } = useApi();
  const records = useInfiniteQuery({
    queryKey: ['quarantine'],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/quarantine', {
          signal,
          params: { query: { limit: '50', ...(pageParam === null ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: AGAIN_MS,
    retry: false,
  });
  const failed = useLastError(records);
  if (records.data === undefined) {
    if (failed === null) return <Waiting />;
    return <LoadError error={failed} onRetry={() => void records.refetch()} />;
  }
  const rows = records.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) {
    return (
      <Empty icon={IconCircleCheck} title={words.none}>
        {words.noneAbout}
      </Empty>
    );
  }
  return (
    <>
      <DataTable
        caption={words.list}
        columns={columns}
        rows={rows}
        keyOf={({ topic, partition, offset }) => `${topic}/${String(partition)}/${String(offset)}`}
      />
      <MoreButton pages={records} />
    </>
  );
}
