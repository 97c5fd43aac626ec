import type { DisableReason, EndpointStatus } from '#domain';
import { EntitySchema } from 'typeorm';
import { int, json, moment, nullable, primaryKey, text } from './columns.ts';

/** Folds from `control`. Secrets and custom headers (which may hold credentials) stay in the log. */
export interface EndpointRow {
  readonly id: string;
  readonly tenantId: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
  readonly status: EndpointStatus;
  readonly reason: DisableReason | null;
  readonly term: number;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
}

export const endpointEntity = new EntitySchema<EndpointRow>({
  name: 'Endpoint',
  tableName: 'endpoints',
  columns: {
    id: text(primaryKey('endpoints')),
    tenantId: text({ name: 'tenant_id' }),
    url: text(),
    events: json(),
    description: text(),
    status: text(),
    reason: text(nullable),
    term: int(),
    version: int(),
    createdAt: moment({ name: 'created_at' }),
    updatedAt: moment({ name: 'updated_at' }),
    deletedAt: moment({ name: 'deleted_at', ...nullable }),
  },
  indices: [{ name: 'endpoints_by_tenant', columns: ['tenantId', 'createdAt'] }],
});
