import type { HeaderSetting } from '#domain';
import type { SecretBox } from './secret-box.ts';

type Settings = Readonly<Record<string, HeaderSetting>>;
type Plain = Readonly<Record<string, string>>;

/** What the value of a custom header is bound to. */
export const headerOwner = (tenantId: string, endpointId: string, name: string): string =>
  `header|${tenantId}|${endpointId}|${name}`;

/** Whose headers they are. */
export interface HeadersOwner {
  readonly tenantId: string;
  readonly id: string;
}

/** Values of custom headers, each sealed by itself, so that names stay readable. */
export function sealHeaders(box: SecretBox, headers: Plain, { tenantId, id }: HeadersOwner): Settings {
  return mapped(headers, (value, name) => ({ sealed: box.seal(value, headerOwner(tenantId, id, name)) }));
}

/** In clear, for the request that is about to be sent. Throws SecretBoxError. */
export function openHeaders(box: SecretBox, headers: Settings, { tenantId, id }: HeadersOwner): Plain {
  return mapped(headers, (value, name) =>
    typeof value === 'string' ? value : box.open(value.sealed, headerOwner(tenantId, id, name)),
  );
}

function mapped<In, Out>(
  headers: Readonly<Record<string, In>>,
  change: (value: In, name: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, change(value, name)]));
}
