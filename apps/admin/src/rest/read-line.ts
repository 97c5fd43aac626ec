import { Refused } from '#http-edge';
import { noTenantLimits } from '#domain';
import { endpointLimits, tenantLimits } from '../use-cases/limits.ts';
import { refusedField } from '../use-cases/refused-field.ts';
import type { EndpointLine, KeyLine, TenantLine, TransferLine } from '../use-cases/transfer/transfer-line.ts';
import { checkedAt } from './checked-at.ts';
import { KeyLineRequest, SecretRequest, TenantLineRequest, WebhookLineRequest } from './transfer.requests.ts';

/** One line of an import, with defaults filled in, or why it is none. Never throws {@link Refused}. */
export async function readLine(value: unknown): Promise<TransferLine | Refused> {
  try {
    return await read(value);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

async function read(value: unknown): Promise<TransferLine> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw refusedField('', 'is_object', 'a line must be a JSON object');
  }
  switch ('kind' in value ? value.kind : undefined) {
    case 'tenant':
      return tenantLine(await checkedAt('', value, TenantLineRequest));
    case 'key':
      return keyLine(await checkedAt('', value, KeyLineRequest));
    case 'webhook':
      return webhookLine(await checkedAt('', value, WebhookLineRequest));
    default:
      throw refusedField('/kind', 'unknown_kind', 'kind must be tenant, key or webhook');
  }
}

function tenantLine(line: TenantLineRequest): TenantLine {
  const { id, name, contract = 'standard-webhooks', attributes = {}, entitled = true, secret } = line;
  const limits = tenantLimits(line.limits ?? {}, noTenantLimits);
  return { kind: 'tenant', id, name, contract, attributes, entitled, limits, secret: secret ?? null };
}

function keyLine(line: KeyLineRequest): KeyLine {
  const { id, tenant = null, name, prefix, hash, scopes, expires_at: expires } = line;
  return { kind: 'key', id, tenant, name, prefix, hash, scopes, expiresAt: timeOf(expires) };
}

async function webhookLine(line: WebhookLineRequest): Promise<EndpointLine> {
  const { id, tenant, url, events = [], description = '', headers = {}, active = true } = line;
  const secrets = await secretsOf(line);
  const limits = endpointLimits(line.limits ?? {});
  return { kind: 'webhook', id, tenant, url, events, description, headers, limits, secrets, active };
}

async function secretsOf({ secret, secrets }: WebhookLineRequest): Promise<EndpointLine['secrets']> {
  if (secrets === undefined) return secret === undefined || secret === null ? [] : [{ secret, until: null }];
  if (secret !== undefined) {
    throw refusedField('/secrets', 'not_both', 'give "secret" or "secrets", not both');
  }
  const found: EndpointLine['secrets'][number][] = [];
  for (const [index, each] of secrets.entries()) {
    const { secret: text, until } = await checkedAt(`/secrets/${index}`, each, SecretRequest);
    found.push({ secret: text, until: timeOf(until) });
  }
  return found;
}

function timeOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
}
