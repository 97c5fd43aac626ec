import { EntitySchema } from 'typeorm';
import { flag, int, json, moment, nullable, primaryKey, text } from './columns.ts';

/** Folds from `control`. The tenant's secret stays in the log. */
export interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly contract: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly entitled: boolean;
  readonly version: number;
  readonly createdAt: number;
  readonly deletedAt: number | null;
}

export const tenantEntity = new EntitySchema<TenantRow>({
  name: 'Tenant',
  tableName: 'tenants',
  columns: {
    id: text(primaryKey('tenants')),
    name: text(),
    contract: text(),
    attributes: json(),
    entitled: flag(),
    version: int(),
    createdAt: moment({ name: 'created_at' }),
    deletedAt: moment({ name: 'deleted_at', ...nullable }),
  },
});
