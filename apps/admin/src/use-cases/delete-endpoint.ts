import type { Written } from '#control';
import { requireScope, type Principal } from '#http-edge';
import { ownEndpoint } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { writeIfMatch, type IfMatch } from './if-match.ts';

/** Its waiting deliveries are cancelled when their time comes; its history stays. */
export async function deleteEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  ifMatch: IfMatch,
): Promise<Written> {
  requireScope(principal, 'endpoints:write');
  const { endpoint } = ownEndpoint(context, principal, id);
  return writeIfMatch(ifMatch, endpoint, () =>
    context.writer.endpoint(id, { type: 'delete', at: context.now() }, principal.actor),
  );
}
