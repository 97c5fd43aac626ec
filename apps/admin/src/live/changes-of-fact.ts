import type { ControlFact } from '#domain';
import type { Changes } from './changes.ts';

/** What a fact changes for pages, and whose; undefined: nothing that they show. */
export function changesOf(
  fact: ControlFact,
): { readonly tenantId: string; readonly changes: Partial<Changes> } | undefined {
  if (!('tenantId' in fact) || fact.tenantId === null) return undefined;
  const { tenantId, type } = fact;
  if (type.startsWith('endpoint.')) return { tenantId, changes: { webhooks: true } };
  // Its plan, name and limits are shown beside its webhooks.
  if (type.startsWith('tenant.')) return { tenantId, changes: { webhooks: true } };
  if (type.startsWith('replay.')) return { tenantId, changes: { replays: true } };
  return undefined;
}
