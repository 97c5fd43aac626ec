import { EntitySchema } from 'typeorm';
import { int, primaryKey, text } from './columns.ts';

/**
 * What one endpoint's attempts came to on one UTC day (by the outcome's time). Folds from `outcomes`: only attempts
 * whose first outcome it is are counted; tests never are.
 */
export interface EndpointDayRow {
  readonly endpointId: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly tenantId: string;
  /** Requests made, and those of them that did not deliver. */
  readonly attempts: number;
  readonly failedAttempts: number;
  /** Chains that ended, by how. */
  readonly delivered: number;
  readonly failed: number;
  readonly expired: number;
  readonly held: number;
  readonly cancelled: number;
}

export const endpointDayEntity = new EntitySchema<EndpointDayRow>({
  name: 'EndpointDay',
  tableName: 'endpoint_days',
  columns: {
    endpointId: text({ name: 'endpoint_id', ...primaryKey('endpoint_days') }),
    day: { type: 'date', ...primaryKey('endpoint_days') },
    tenantId: text({ name: 'tenant_id' }),
    attempts: int(),
    failedAttempts: int({ name: 'failed_attempts' }),
    delivered: int(),
    failed: int(),
    expired: int(),
    held: int(),
    cancelled: int(),
  },
  indices: [{ name: 'endpoint_days_by_day', columns: ['day', 'tenantId'] }],
});
