import { Button, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFilterOff, IconInbox } from '@tabler/icons-react';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { partsStrings } from '../../strings/parts.ts';
import { useDeliveries } from '../queries.ts';
import { isFiltered, type DeliverySearch } from './delivery-filter.ts';
import { DeliveryTable } from './delivery-table.tsx';
import classes from './deliveries.module.css';

/** A page of deliveries by their filter, and the ways to the next and the one before. */
export function DeliveryList({
  search,
  fixed = {},
  urlOf,
  onSearch,
}: {
  readonly search: DeliverySearch;
  /** What the place of the list decides: the endpoint whose page it is on. */
  readonly fixed?: Pick<DeliverySearch, 'webhook'>;
  readonly urlOf?: ((webhookId: string) => string | undefined) | undefined;
  readonly onSearch: (search: DeliverySearch) => void;
}) {
  const deliveries = useDeliveries({ ...search, ...fixed });
  if (deliveries.data === undefined) {
    if (deliveries.error === null) return <Rows />;
    return (
      <div className={classes.error}>
        <LoadError error={deliveries.error} onRetry={() => void deliveries.refetch()} />
      </div>
    );
  }
  const { data, next, previous } = deliveries.data;
  if (data.length === 0) {
    return isFiltered(search) || search.after !== undefined || search.before !== undefined ? (
      <Empty
        icon={IconFilterOff}
        title={deliveryStrings.noneFilteredTitle}
        actions={
          <Button variant="default" onClick={() => onSearch({})}>
            {deliveryStrings.clear}
          </Button>
        }
      >
        {deliveryStrings.noneFilteredAbout}
      </Empty>
    ) : (
      <Empty icon={IconInbox} title={deliveryStrings.noneTitle}>
        {deliveryStrings.noneAbout}
      </Empty>
    );
  }
  const { after: _after, before: _before, ...here } = search;
  return (
    <div className={classes.list} data-stale={deliveries.isPlaceholderData}>
      {deliveries.error === null ? null : (
        <div className={classes.error}>
          <LoadError error={deliveries.error} onRetry={() => void deliveries.refetch()} />
        </div>
      )}
      <DeliveryTable
        deliveries={data}
        open={search.delivery}
        urlOf={urlOf}
        onOpen={(delivery) => onSearch({ ...search, delivery })}
      />
      {next === null && (previous ?? null) === null ? null : (
        <nav className={classes.foot} aria-label={deliveryStrings.paging}>
          <Button
            variant="default"
            disabled={(previous ?? null) === null}
            leftSection={<IconChevronLeft size={14} aria-hidden />}
            onClick={() => onSearch({ ...here, before: previous ?? undefined })}
          >
            {deliveryStrings.newer}
          </Button>
          <Button
            variant="default"
            disabled={next === null}
            rightSection={<IconChevronRight size={14} aria-hidden />}
            onClick={() => onSearch({ ...here, after: next ?? undefined })}
          >
            {deliveryStrings.older}
          </Button>
        </nav>
      )}
    </div>
  );
}

function Rows() {
  return (
    <div className={classes.skeletons} role="status" aria-label={partsStrings.loading}>
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} height={34} />
      ))}
    </div>
  );
}
