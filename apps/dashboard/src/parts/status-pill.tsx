import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconClockX,
  IconHandStop,
  IconPower,
  type Icon,
} from '@tabler/icons-react';
import type { DeliveryStatus, Webhook } from '../api/schema.ts';
import { Pill, type Tone } from './pill.tsx';

const deliveryLooks: Record<DeliveryStatus, readonly [Tone, Icon]> = {
  pending: ['wait', IconClock],
  delivered: ['good', IconCircleCheck],
  failed: ['bad', IconCircleX],
  expired: ['bad', IconClockX],
  held: ['held', IconHandStop],
  cancelled: ['still', IconBan],
};

/** `words`: the contract's own word for each status. */
export function DeliveryPill({
  status,
  words,
}: {
  readonly status: DeliveryStatus;
  readonly words?: Readonly<Partial<Record<DeliveryStatus, string>>> | undefined;
}) {
  const [tone, icon] = deliveryLooks[status];
  return (
    <Pill tone={tone} icon={icon}>
      {words?.[status] ?? status}
    </Pill>
  );
}

const endpointLooks: Record<Webhook['status'], readonly [Tone, Icon]> = {
  active: ['good', IconCircleCheck],
  off: ['still', IconPower],
  failed: ['bad', IconAlertTriangle],
};

export function EndpointPill({
  status,
  text,
}: {
  readonly status: Webhook['status'];
  readonly text: string;
}) {
  const [tone, icon] = endpointLooks[status];
  return (
    <Pill tone={tone} icon={icon}>
      {text}
    </Pill>
  );
}
