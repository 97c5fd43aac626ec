import { IconLock } from '@tabler/icons-react';
import { Empty } from '../parts/empty.tsx';
import { Pill } from '../parts/pill.tsx';
import { portalStrings } from '../strings/portal.ts';

/** HL-1: without the feature there are no webhook pages, only what plan has them. */
export function PlanBadge() {
  const badge = (
    <Pill tone="accent" icon={IconLock}>
      {portalStrings.plan.badge}
    </Pill>
  );
  return (
    <Empty isPage icon={IconLock} title={portalStrings.plan.title} actions={badge}>
      {portalStrings.plan.about}
    </Empty>
  );
}
