import { attemptEntity } from './attempt-row.ts';
import { auditEntity } from './audit-row.ts';
import { controlStateEntity } from './control-state-row.ts';
import { deliveryEntity } from './delivery-row.ts';
import { endpointDayEntity } from './endpoint-day-row.ts';
import { endpointEntity } from './endpoint-row.ts';
import { erasureEntity } from './erasure-row.ts';
import { eventEntity } from './event-row.ts';
import { keyUseEntity } from './key-use-row.ts';
import { projectionPositionEntity } from './projection-position-row.ts';
import { quarantineEntity } from './quarantine-row.ts';
import { recordValuesEntity } from './record-values-row.ts';
import { tenantEntity } from './tenant-row.ts';
import { unmatchedEventEntity } from './unmatched-event-row.ts';

export const entities = [
  tenantEntity,
  endpointEntity,
  endpointDayEntity,
  eventEntity,
  unmatchedEventEntity,
  deliveryEntity,
  attemptEntity,
  keyUseEntity,
  projectionPositionEntity,
  quarantineEntity,
  recordValuesEntity,
  auditEntity,
  controlStateEntity,
  erasureEntity,
];
