import { publicKeyOf, type Contract } from '#contracts';
import { endpointOwner, openHeaders } from '#control';
import type {
  EndpointCommand,
  EndpointSecret,
  EndpointSettings,
  EndpointState,
  OutcomePosition,
  TenantState,
} from '#domain';
import { contractOf } from '../acting-for.ts';
import { checkedSecret, tenantsSecret } from '../endpoint-secret.ts';
import { checkedSettings } from '../endpoint-settings.ts';
import { refusedField } from '../refused-field.ts';
import { requireTenantSecret } from '../tenant-secret.ts';
import { lineOfEndpoint } from './line-of-state.ts';
import {
  differing,
  planDiffering,
  type ConflictChoice,
  type LinePlan,
  type PlanContext,
} from './plan-line.ts';
import type { EndpointLine } from './transfer-line.ts';

/** Most that sign at once: the newest and those in their grace period. */
const MAX_SECRETS = 3;

/**
 * The same checks as creating one by hand, except for the plan of the tenant: what a customer had before he moves, he
 * has afterwards. `outcomesEnd`: from where on nothing is held for one that an update switches off.
 */
export function planEndpoint(
  context: PlanContext,
  line: EndpointLine,
  choice: ConflictChoice,
  outcomesEnd: (tenantId: string) => OutcomePosition,
): LinePlan {
  const tenant = context.control.table.tenant(line.tenant);
  if (tenant === undefined) {
    throw refusedField(
      '/tenant',
      'not_found',
      'no such tenant; its line must stand before those of its webhooks',
    );
  }
  const contract = contractOf(context, tenant);
  const there = context.control.table.endpoint(line.id);
  const settings = settingsIn(context, contract, line, there);
  checkSecrets(contract, tenant, line);
  const owner = { tenantId: line.tenant, id: line.id };
  const headers = openHeaders(context.secretBox, settings.headers, owner);
  const wanted: EndpointLine = { ...line, ...settings, headers };
  if (there === undefined) {
    const create: EndpointCommand = {
      type: 'create',
      endpointId: line.id,
      tenantId: tenant.id,
      settings,
      secrets: sealedSecrets(context, contract, line),
      active: line.active,
      at: context.now(),
    };
    return { result: 'created', change: { on: 'endpoint', id: line.id, commands: [create] } };
  }
  const fields = differing(wanted, lineOfEndpoint(context.secretBox, there, context.now()));
  return planDiffering(fields, ['tenant'], choice, () => ({
    on: 'endpoint',
    id: line.id,
    commands: changesOf(
      { line, fields, settings, secrets: sealedSecrets(context, contract, line) },
      context.now(),
      outcomesEnd,
    ),
  }));
}

function settingsIn(
  context: PlanContext,
  contract: Contract,
  line: EndpointLine,
  there: EndpointState | undefined,
): EndpointSettings {
  const { url, events, description, limits } = line;
  const owner = { tenantId: line.tenant, id: line.id };
  // One of another tenant is a conflict, and its headers do not open here.
  const before = there?.tenantId === line.tenant ? { headers: there.headers } : {};
  const checked = checkedSettings(context, contract, { ...owner, ...before }, { ...line, limits: undefined });
  return { url, events, description, headers: {}, limits, ...checked };
}

function checkSecrets(contract: Contract, tenant: TenantState, { secrets }: EndpointLine): void {
  if (contract.secret.owner === 'tenant') {
    if (secrets.length > 0) throw tenantsSecret(contract);
    requireTenantSecret(contract, tenant);
    return;
  }
  if (secrets.length === 0 && !contract.secret.optional) {
    throw refusedField('/secret', 'required', `${contract.title} needs the secret that its receivers know`);
  }
  if (secrets.length > MAX_SECRETS) {
    throw refusedField('/secrets', 'too_many', `at most ${MAX_SECRETS} secrets sign at once`);
  }
  for (const { secret } of secrets) checkedSecret(contract, secret);
}

function sealedSecrets(
  context: PlanContext,
  contract: Contract,
  line: EndpointLine,
): readonly EndpointSecret[] {
  const owner = endpointOwner(line.tenant, line.id);
  return line.secrets.map(({ secret, until }) => ({
    sealed: context.secretBox.seal(secret, owner),
    until,
    ...publicKeyOf(contract, secret),
  }));
}

interface Wanted {
  readonly line: EndpointLine;
  /** In which it differs. */
  readonly fields: readonly string[];
  readonly settings: EndpointSettings;
  readonly secrets: readonly EndpointSecret[];
}

function changesOf(
  { line, fields, settings, secrets }: Wanted,
  at: number,
  outcomesEnd: (tenantId: string) => OutcomePosition,
): readonly EndpointCommand[] {
  const commands: EndpointCommand[] = [];
  if (fields.some((field) => field !== 'secrets' && field !== 'active')) {
    commands.push({ type: 'update', settings, at });
  }
  if (fields.includes('secrets')) commands.push({ type: 'replace-secrets', secrets, at });
  if (fields.includes('active')) {
    commands.push(
      line.active
        ? { type: 'enable', held: 'release', at }
        : { type: 'turn-off', heldFrom: outcomesEnd(line.tenant), at },
    );
  }
  return commands;
}
