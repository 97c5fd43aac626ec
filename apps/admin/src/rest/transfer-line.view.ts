import type { Exported } from '../use-cases/transfer/export-all.ts';
import type { EndpointLine, KeyLine, TenantLine, TransferLine } from '../use-cases/transfer/transfer-line.ts';
import { isoTime } from './iso-time.ts';
import { endpointLimitsView, tenantLimitsView } from './limits.view.ts';

/** Each line as JSON. The last says how many came before it: an answer that was cut short has none. */
export function* exportedLines({ lines, counts }: Exported): Iterable<string> {
  for (const line of lines) yield JSON.stringify(transferLineView(line));
  const { tenants, keys, endpoints: webhooks } = counts;
  yield JSON.stringify({ kind: 'end', tenants, keys, webhooks });
}

/** A line as it is written, and read again by an import. */
function transferLineView(line: TransferLine) {
  switch (line.kind) {
    case 'tenant':
      return tenantView(line);
    case 'key':
      return keyView(line);
    case 'webhook':
    default:
      return webhookView(line);
  }
}

function tenantView({ secret, limits, ...line }: TenantLine) {
  return { ...line, ...unlessNone(tenantLimitsView(limits)), ...(secret === null ? {} : { secret }) };
}

/** Most have none, and their lines need not say so. */
function unlessNone<T extends object>(limits: T): { limits?: T } {
  return Object.values(limits).every((limit) => limit === null) ? {} : { limits };
}

function keyView({ expiresAt, ...line }: KeyLine) {
  return { ...line, expires_at: isoTime(expiresAt) };
}

/** One secret that nothing ends is written shortly: what most have, and what people write by hand. */
function webhookView({ secrets, active, limits, ...rest }: EndpointLine) {
  const [first] = secrets;
  const line = { ...rest, ...unlessNone(endpointLimitsView(limits)) };
  if (first === undefined) return { ...line, secret: null, active };
  if (secrets.length === 1 && first.until === null) return { ...line, secret: first.secret, active };
  const all = secrets.map(({ secret, until }) => ({ secret, until: isoTime(until) }));
  return { ...line, secrets: all, active };
}
