import { Drawer } from '@mantine/core';
import { IconTruckOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { hasStatus } from '../../api/api-problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { LoadError } from '../../parts/load-error.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { deliveryWords } from '../../strings/delivery.ts';
import { useDelivery } from '../queries.ts';

const DeliveryDetailView = lazy(() => import('./delivery-detail.tsx'));

/** One delivery beside the list, as the address says. Escape closes it. */
export function DeliveryDrawer({
  id,
  onClose,
}: {
  readonly id: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="46rem"
      title={deliveryWords.title}
    >
      {id === undefined ? null : <Loaded key={id} id={id} />}
    </Drawer>
  );
}

function Loaded({ id }: { readonly id: string }) {
  const delivery = useDelivery(id);
  if (delivery.data !== undefined) {
    return (
      <Suspense fallback={<Waiting />}>
        <DeliveryDetailView delivery={delivery.data} />
      </Suspense>
    );
  }
  if (delivery.error === null) return <Waiting />;
  if (hasStatus(delivery.error, 404)) return <Empty icon={IconTruckOff} title={deliveryWords.gone} />;
  return <LoadError error={delivery.error} onRetry={() => void delivery.refetch()} />;
}
