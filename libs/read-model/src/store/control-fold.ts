import {
  endpointDecider,
  noTenantLimits,
  tenantDecider,
  type EndpointFact,
  type EndpointState,
  type TenantFact,
  type TenantState,
} from '#domain';
import { In, type EntityManager } from 'typeorm';
import { endpointEntity, type EndpointRow } from '../entities/endpoint-row.ts';
import { tenantEntity, type TenantRow } from '../entities/tenant-row.ts';
import { bulkTable, statementOf, type BulkColumn } from './bulk-upsert.ts';
import { UnusableRow } from './data-error.ts';

const tenantColumns: readonly BulkColumn<TenantRow>[] = [
  { name: 'id', kind: 'text', of: (row) => row.id },
  { name: 'name', kind: 'text', of: (row) => row.name },
  { name: 'contract', kind: 'text', of: (row) => row.contract },
  { name: 'attributes', kind: 'jsonb', of: (row) => row.attributes },
  { name: 'entitled', kind: 'boolean', of: (row) => row.entitled },
  { name: 'version', kind: 'int', of: (row) => row.version },
  { name: 'created_at', kind: 'moment', of: (row) => row.createdAt },
  { name: 'deleted_at', kind: 'moment', of: (row) => row.deletedAt },
];

const endpointColumns: readonly BulkColumn<EndpointRow>[] = [
  { name: 'id', kind: 'text', of: (row) => row.id },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'url', kind: 'text', of: (row) => row.url },
  { name: 'events', kind: 'jsonb', of: (row) => row.events },
  { name: 'description', kind: 'text', of: (row) => row.description },
  { name: 'status', kind: 'text', of: (row) => row.status },
  { name: 'reason', kind: 'text', of: (row) => row.reason },
  { name: 'term', kind: 'int', of: (row) => row.term },
  { name: 'version', kind: 'int', of: (row) => row.version },
  { name: 'created_at', kind: 'moment', of: (row) => row.createdAt },
  { name: 'updated_at', kind: 'moment', of: (row) => row.updatedAt },
  { name: 'deleted_at', kind: 'moment', of: (row) => row.deletedAt },
];

const replaced = <Row>(columns: readonly BulkColumn<Row>[]) =>
  `ON CONFLICT (id) DO UPDATE SET ${columns.map(({ name }) => `${name} = excluded.${name}`).join(', ')}`;

const tenantTable = bulkTable('tenants', tenantColumns, replaced(tenantColumns));
const endpointTable = bulkTable('endpoints', endpointColumns, replaced(endpointColumns));

/**
 * Folds `control` with the domain's own `evolve`, so that tables never disagree with the control table about which
 * fact applied. Reads the rows it changes; the position's lock makes it the only writer.
 */
export async function foldControl(
  manager: EntityManager,
  facts: readonly (TenantFact | EndpointFact)[],
): Promise<void> {
  const tenantIds = new Set(facts.map((fact) => fact.tenantId));
  const endpointIds = new Set(facts.flatMap((fact) => ('endpointId' in fact ? [fact.endpointId] : [])));
  const removedTenants = facts.flatMap((fact) => (fact.type === 'tenant.deleted' ? [fact.tenantId] : []));

  const tenants = new Map(
    (await manager.findBy(tenantEntity, { id: In([...tenantIds]) })).map((row) => [row.id, row]),
  );
  // A tenant's deletion takes its endpoints along, also those that no fact of this slice names.
  const endpoints = new Map(
    (
      await manager.find(endpointEntity, {
        where: [{ id: In([...endpointIds]) }, { tenantId: In(removedTenants) }],
      })
    ).map((row) => [row.id, row]),
  );

  for (const fact of facts) {
    if ('endpointId' in fact) {
      const row = readably(() => foldEndpoint(endpoints.get(fact.endpointId), fact));
      if (row !== undefined) endpoints.set(fact.endpointId, row);
      continue;
    }
    const before = tenants.get(fact.tenantId);
    const row = readably(() => foldTenant(before, fact));
    if (row !== undefined) tenants.set(fact.tenantId, row);
    if (before?.deletedAt === null && row?.deletedAt !== null) {
      for (const [id, endpoint] of endpoints) {
        if (endpoint.tenantId !== fact.tenantId || endpoint.deletedAt !== null) continue;
        endpoints.set(id, { ...endpoint, deletedAt: fact.at });
      }
    }
  }

  for (const { text, values } of [
    statementOf(tenantTable, [...tenants.values()]),
    statementOf(endpointTable, [...endpoints.values()]),
  ]) {
    await manager.query(text, values);
  }
}

/** A fact whose shape is a lie makes `evolve` throw: that is the record's fault, not the database's. */
function readably<T>(fold: () => T): T {
  try {
    return fold();
  } catch (error) {
    throw new UnusableRow(error instanceof Error ? error.message : String(error));
  }
}

function foldTenant(row: TenantRow | undefined, fact: TenantFact): TenantRow | undefined {
  const before: TenantState | undefined =
    row === undefined || row.deletedAt !== null
      ? undefined
      : { ...row, secret: null, limits: noTenantLimits };
  const after = tenantDecider.evolve(before, fact);
  if (after === before) return row;
  if (after === undefined)
    return row === undefined ? row : { ...row, version: fact.version, deletedAt: fact.at };
  // What only the engine reads has no column.
  const { secret: _secret, limits: _limits, ...rest } = after;
  return { ...rest, deletedAt: null };
}

function foldEndpoint(row: EndpointRow | undefined, fact: EndpointFact): EndpointRow | undefined {
  const before: EndpointState | undefined =
    row === undefined || row.deletedAt !== null
      ? undefined
      : { ...row, secrets: [], headers: {}, heldFrom: null, keptTerms: [] };
  const after = endpointDecider.evolve(before, fact);
  if (after === before) return row;
  if (after === undefined) {
    return row === undefined
      ? row
      : { ...row, version: fact.version, updatedAt: fact.at, deletedAt: fact.at };
  }
  const {
    secrets: _secrets,
    headers: _headers,
    heldFrom: _heldFrom,
    keptTerms: _kept,
    limits: _limits,
    ...rest
  } = after;
  return { ...rest, deletedAt: null };
}
