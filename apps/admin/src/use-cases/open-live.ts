import type { Readable } from 'node:stream';
import { principalOf, Refused, requireScope, type Principal } from '#http-edge';
import { actingFor } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';

/**
 * What changes, as it happens: of the caller's tenant, or of all. `authorization`: what the caller sent, looked at again for as
 * long as the stream lasts. Throws {@link Refused}: 403, 429, 503.
 */
export function openLive(
  { control, live, now, portal }: Pick<AdminContext, 'control' | 'live' | 'now' | 'portal'>,
  principal: Principal,
  { authorization, wantsStats }: { readonly authorization: string | undefined; readonly wantsStats: boolean },
): Readable {
  const { keyId, tenantId } = principal;
  const check = (one: Principal) => {
    requireScope(one, 'deliveries:read');
    if (wantsStats) requireScope(one, 'admin');
  };
  check(principal);
  const isStillGood = (): boolean => {
    try {
      const { table } = control;
      check(actingFor(principalOf(table, authorization, now(), portal), table, tenantId ?? undefined));
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  };
  return live.open(keyId, { tenantId, wantsStats, isStillGood });
}
