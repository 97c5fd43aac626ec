import type { IncomingHttpHeaders } from 'node:http';
import { passedWithin, type FollowedControl } from '#control';
import {
  CONTROL_POSITION_HEADER,
  passEchoedPosition,
  principalOf,
  Refused,
  requireScope,
  type ControlPositionDeps,
  type Principal,
} from '#http-edge';

/** How long a key that is unknown here may be on its way. */
const NEW_KEY_MS = 2_000;

/**
 * Who publishes, after the control table has passed the position that they echo (R20). Throws {@link Refused}: 401,
 * 403, 503. A key that admin made a moment ago may not be known here yet; its maker echoes the position that it got, so an
 * unknown key waits for that, without asking the log anything: strangers must not cause work in the broker.
 */
export async function admit(
  deps: ControlPositionDeps & { readonly now: () => number },
  headers: IncomingHttpHeaders,
): Promise<Principal> {
  const { authorization } = headers;
  const echoed = headers[CONTROL_POSITION_HEADER];
  const position = Array.isArray(echoed) ? echoed[0] : echoed;
  const { table } = deps.control;
  const known = () => principalOf(table, authorization, deps.now());
  let principal: Principal;
  try {
    principal = known();
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'unknown_key' || position === undefined) throw error;
    await arrived(deps.control, Number(position));
    principal = known();
  }
  requireScope(principal, 'events:write');
  const seen = deps.control.position;
  await passEchoedPosition(deps, position);
  if (deps.control.position === seen) return principal;
  // What was waited for may be that this very key was revoked.
  principal = known();
  requireScope(principal, 'events:write');
  return principal;
}

async function arrived(control: FollowedControl, position: number): Promise<void> {
  if (!Number.isSafeInteger(position)) return;
  // Late or never: then the key is simply unknown.
  await passedWithin(control, position, NEW_KEY_MS).catch(() => {});
}
