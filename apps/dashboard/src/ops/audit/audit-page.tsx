import { IconListSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { dataOf } from '../../api/api-client.ts';
import { useApi } from '../../api/api-context.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { opsStrings } from '../../strings/ops.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useLastError } from '../parts/use-last-error.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditItem } from './audit-item.tsx';
import classes from './audit-page.module.css';
import type { AuditSearch } from './audit-search.ts';

const words = opsStrings.audit;
const AGAIN_MS = 4_000;

/** Who decided what. What is looked for stands in the address, so that it can be handed on. */
export function AuditPage() {
  const search = useSearch({ from: '/ops/audit' });
  return (
    <>
      <PageHead title={words.title} about={words.about} />
      <div className={classes.page}>
        <AuditFilters search={search} />
        <Card flush>
          <Entries search={search} />
        </Card>
      </div>
    </>
  );
}

function Entries({ search }: { readonly search: AuditSearch }) {
  const { api } = useApi();
  const entries = useInfiniteQuery({
    queryKey: ['audit', search],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET('/api/v1/audit', {
          signal,
          params: { query: { ...search, limit: '50', ...(pageParam === null ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    retry: false,
    // Once somebody has gone further back, nothing moves under their eyes.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : AGAIN_MS),
  });
  const failed = useLastError(entries);
  if (failed !== null) {
    return <LoadError error={failed} onRetry={() => void entries.refetch()} />;
  }
  if (entries.data === undefined) return <Waiting />;
  const all = entries.data.pages.flatMap(({ data }) => data);
  if (all.length === 0) {
    return (
      <Empty icon={IconListSearch} title={words.none}>
        {words.noneAbout}
      </Empty>
    );
  }
  return (
    <>
      <ol className={classes.list} aria-label={words.title}>
        {all.map((entry) => (
          <AuditItem key={entry.id} entry={entry} search={search} />
        ))}
      </ol>
      <MoreButton pages={entries} />
    </>
  );
}
