import { useDocumentTitle } from '@mantine/hooks';
import { titleOf } from '../../strings/shell.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Card } from '../../parts/card.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { DeliveryDrawer } from '../delivery/delivery-drawer.tsx';
import { useWebhooks } from '../queries.ts';
import type { DeliverySearch } from './delivery-filter.ts';
import { DeliveryList } from './delivery-list.tsx';
import { FilterBar } from './filter-bar.tsx';

/** What was sent to any of the tenant's endpoints. */
export function DeliveriesPage() {
  useDocumentTitle(titleOf(deliveryStrings.all));
  const search = useSearch({ from: '/portal/deliveries' });
  const navigate = useNavigate({ from: '/portal/deliveries' });
  const webhooks = useWebhooks();
  const endpoints = webhooks.data?.pages.flatMap(({ data }) => data) ?? [];
  const onSearch = (next: DeliverySearch) => void navigate({ search: next, resetScroll: false });
  return (
    <Card title={deliveryStrings.all} about={deliveryStrings.allAbout} flush isPage>
      <FilterBar search={search} endpoints={endpoints} onSearch={onSearch} />
      <DeliveryList
        search={search}
        urlOf={(webhookId) => endpoints.find(({ id }) => id === webhookId)?.url}
        onSearch={onSearch}
      />
      <DeliveryDrawer id={search.delivery} onClose={() => onSearch({ ...search, delivery: undefined })} />
    </Card>
  );
}
