import { Card } from '../../parts/card.tsx';
import { deliveryStrings } from '../../strings/deliveries.ts';
import { DeliveryDrawer } from '../delivery/delivery-drawer.tsx';
import type { DeliverySearch } from './delivery-filter.ts';
import { DeliveryList } from './delivery-list.tsx';
import { FilterBar } from './filter-bar.tsx';

/** Below the settings of an endpoint: what was sent to it. */
export function RecentDeliveries({
  webhookId,
  search,
  onSearch,
}: {
  readonly webhookId: string;
  readonly search: DeliverySearch;
  readonly onSearch: (search: DeliverySearch) => void;
}) {
  return (
    <Card title={deliveryStrings.recent} flush>
      <FilterBar search={search} onSearch={onSearch} />
      <DeliveryList search={search} fixed={{ webhook: webhookId }} onSearch={onSearch} />
      <DeliveryDrawer id={search.delivery} onClose={() => onSearch({ ...search, delivery: undefined })} />
    </Card>
  );
}
