import { CONTROL_POSITION_HEADER, passEchoedPosition, principalOf, type Principal } from '#http-edge';
import { actingFor } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';

/** What a request says of who sends it, whatever the transport. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly [CONTROL_POSITION_HEADER]: string | undefined;
  /** That a root key names to act for. */
  readonly tenant: string | undefined;
}

/** Who asks, by the credential alone; a root key may name the tenant it acts for. */
export async function admitCaller(
  { control, log, logger, now }: AdminContext,
  credentials: Credentials,
): Promise<Principal> {
  // Before the table is asked: an echo may speak of the very key, or tenant, that this request names (R20).
  await passEchoedPosition(
    { control, log, onPastEnd: (position, end) => logger.warn({ position, end }, 'control.echo_past_end') },
    credentials[CONTROL_POSITION_HEADER],
  );
  const principal = principalOf(control.table, credentials.authorization, now());
  return actingFor(principal, control.table, credentials.tenant);
}
