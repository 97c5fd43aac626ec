import type { TenantState } from '#domain';
import { tenantView } from '../rest/tenant.view.ts';

export const tenantMessage = (tenant: TenantState) => ({ ...tenantView(tenant), version: tenant.version });
