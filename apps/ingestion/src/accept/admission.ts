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

/** What of a request says who publishes: HTTP headers, or the metadata of a call. */
export interface PublisherHeaders {
  readonly authorization?: string | undefined;
  readonly [CONTROL_POSITION_HEADER]?: string | string[] | undefined;
}

type AdmissionDeps = ControlPositionDeps & { readonly now: () => number };

/** How long a key that is unknown here may be on its way. */
const NEW_KEY_MS = 2_000;

/**
 * Who publishes, after the control table has passed the position that they echo (R20). Throws {@link Refused}: 401,
 * 403, 503. A key that admin made a moment ago may not be known here yet; its maker echoes the position that it got, so an
 * unknown key waits for that, without asking the log anything: strangers must not cause work in the broker.
 */
export async function admit(deps: AdmissionDeps, headers: PublisherHeaders): Promise<Principal> {
  const echoed = headers[CONTROL_POSITION_HEADER];
  const position = Array.isArray(echoed) ? echoed[0] : echoed;
  let principal: Principal;
  try {
    principal = known(deps, headers);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'unknown_key' || position === undefined) throw error;
    await arrived(deps.control, Number(position));
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

async function arrived(control: FollowedControl, position: number): Promise<void> {
  if (!Number.isSafeInteger(position)) return;
  // Late or never: then the key is simply unknown.
  await passedWithin(control, position, NEW_KEY_MS).catch(() => {});
}
