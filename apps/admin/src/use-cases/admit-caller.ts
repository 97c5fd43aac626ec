import {
  CONTROL_POSITION_HEADER,
  issuingKeyOf,
  passEchoedPosition,
  principalOf,
  type Principal,
} from '#http-edge';
import { actingFor } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';

/** What a request says of who sends it, whatever the transport. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly [CONTROL_POSITION_HEADER]: string | undefined;
  /** That a root key names to act for. */
  readonly tenant: string | undefined;
}

/** Who asks, by an API key or a portal token alone; a root key may name the tenant it acts for. */
export async function admitCaller(
  { control, keyUses, log, logger, now, portal }: AdminContext,
  credentials: Credentials,
): Promise<Principal> {
  // Before the table is asked: an echo may speak of the very key, or tenant, that this request names (R20).
  await passEchoedPosition(
    { control, log, onPastEnd: (position, end) => logger.warn({ position, end }, 'control.echo_past_end') },
    credentials[CONTROL_POSITION_HEADER],
  );
  const at = now();
  const principal = principalOf(control.table, credentials.authorization, at, portal);
  keyUses.note(issuingKeyOf(principal), at);
  return actingFor(principal, control.table, credentials.tenant);
}
