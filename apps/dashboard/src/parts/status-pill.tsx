import { IconAlertTriangle, IconCircleCheck, IconPower, type Icon } from '@tabler/icons-react';
import type { Webhook } from '../api/schema.ts';
import { Pill, type Tone } from './pill.tsx';

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
