import type { Written } from '#control';
import { Rejected, type EndpointSettings, type EndpointState } from '#domain';
import { requireScope, type Principal } from '#http-edge';
import { ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import type { WrittenEndpoint } from './create-endpoint.ts';
import { endpointNow } from './endpoint-now.ts';
import { checkedSettings, type SettingsAsk } from './endpoint-settings.ts';
import { writeIfMatch, type IfMatch } from './if-match.ts';
import { outcomesEnd, writeEnabled, writeTurnedOff } from './switch-endpoint.ts';

export interface UpdateEndpoint extends SettingsAsk {
  /** True enables a failed one too, and releases what was held (R23). */
  readonly active?: boolean | undefined;
}

const TRIES = 3;

/**
 * Changes what is named and nothing else. Settings and switch are two facts: the settings stand under If-Match, the
 * switch follows whatever happened since, because both its directions mean the same on any version.
 */
export async function updateEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: UpdateEndpoint,
  ifMatch: IfMatch,
): Promise<WrittenEndpoint> {
  requireScope(principal, 'endpoints:write');
  const { endpoint, tenant, contract } = ownEndpoint(context, principal, id);
  if (ask.active !== false || hasSettings(ask)) requireEntitled(tenant);
  const settings = checkedSettings(context, contract, endpoint, ask, endpoint.limits);
  // Read before the version is checked: nothing may wait between the check and the write.
  const heldFrom = ask.active === false ? await outcomesEnd(context, endpoint) : undefined;

  const flip = (): Promise<Written> => {
    if (heldFrom !== undefined) return writeTurnedOff(context, principal, id, heldFrom);
    return ask.active === true ? writeEnabled(context, principal, id, 'release') : nothing(context);
  };
  const now = context.control.table.endpoint(id);
  if (!changes(settings, now)) {
    const { position } = await writeIfMatch(ifMatch, now, flip);
    return { endpoint: endpointNow(context, id), position };
  }
  const update = { type: 'update', settings, at: context.now() } as const;
  const updated = await writeIfMatch(ifMatch, now, () =>
    context.writer.endpoint(id, update, principal.actor),
  );
  const flipped = ask.active === undefined ? updated : await insisting(flip);
  return {
    endpoint: endpointNow(context, id),
    position: Math.max(updated.position, flipped.position),
  };
}

function hasSettings({ url, events, description, headers, limits }: SettingsAsk): boolean {
  return [url, events, description, headers, limits].some((setting) => setting !== undefined);
}

function changes(settings: Partial<EndpointSettings>, now: EndpointState | undefined): boolean {
  if (now === undefined) return true;
  const names = Object.keys(settings) as (keyof EndpointSettings)[];
  return names.some((name) => JSON.stringify(settings[name]) !== JSON.stringify(now[name]));
}

async function nothing(context: AdminContext): Promise<Written> {
  return { position: context.control.position, offset: null };
}

/** The settings are written by now: a race lost over the switch is run again, or the answer would tell half a truth. */
async function insisting(write: () => Promise<Written>): Promise<Written> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const lost = error instanceof Rejected && error.code === 'conflict';
      if (!lost || attempt === TRIES) throw error;
    }
  }
}
