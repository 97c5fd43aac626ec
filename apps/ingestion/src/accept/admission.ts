import { passedWithin } from '#control';
import {
  CONTROL_POSITION_HEADER,
  notArrivedYet,
  passEchoedPosition,
  principalOf,
  Refused,
  requireScope,
  type ControlPositionDeps,
  type Principal,
} from '#http-edge';
import type { RecentEnd } from './recent-end.ts';

/** What of a request says who publishes: HTTP headers, or the metadata of a call. */
export interface PublisherHeaders {
  readonly authorization?: string | undefined;
  readonly [CONTROL_POSITION_HEADER]?: string | string[] | undefined;
}

export interface AdmissionDeps extends ControlPositionDeps {
  readonly now: () => number;
  readonly controlEnd: RecentEnd;
}

/** How long a key that is unknown here may be on its way. */
const NEW_KEY_MS = 2_000;

/**
 * Who publishes, after the control table has passed the position that they echo (R20). Throws {@link Refused}: 401,
 * 403, 503. A key that admin made a moment ago may not be known here yet; its maker echoes the position that it got, so an
 * unknown key waits for that. It is unknown only where the position came, or lies past the end of the topic, which is asked for
 * seldom: strangers must not cause work in the broker.
 */
export async function admit(deps: AdmissionDeps, headers: PublisherHeaders): Promise<Principal> {
  const echoed = headers[CONTROL_POSITION_HEADER];
  const position = Array.isArray(echoed) ? echoed[0] : echoed;
  let principal: Principal;
  try {
    principal = known(deps, headers);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'unknown_key' || position === undefined) throw error;
    await arrived(deps, Number(position));
    principal = known(deps, headers);
  }
  requireScope(principal, 'events:write');
  const seen = deps.control.position;
  await passEchoedPosition(deps, position);
  if (deps.control.position === seen) return principal;
  // What was waited for may be that this very key was revoked.
  return readmit(deps, headers);
}

/** Who publishes, by the table as it is now. */
export function readmit(deps: AdmissionDeps, headers: PublisherHeaders): Principal {
  const principal = known(deps, headers);
  requireScope(principal, 'events:write');
  return principal;
}

function known({ control, now }: AdmissionDeps, { authorization }: PublisherHeaders): Principal {
  return principalOf(control.table, authorization, now());
}

async function arrived({ control, controlEnd, waitMs }: AdmissionDeps, position: number): Promise<void> {
  if (!Number.isSafeInteger(position)) return;
  try {
    await passedWithin(control, position, waitMs ?? NEW_KEY_MS);
  } catch (error) {
    // No answer of the log is no answer about the key either.
    const end = await controlEnd.get().catch(() => Infinity);
    if (position <= end) throw notArrivedYet(position, error);
  }
}
