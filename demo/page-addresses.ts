import type { Api, Doors } from './api.ts';
import type { Actor, ActorName } from './stage.ts';

/** Of each of the four contracts the customer who has most to show. */
const shown: readonly ActorName[] = ['spell', 'flaky', 'leap', 'down'];
const DAY_SECONDS = 86_400;

interface PageAddress {
  readonly about: string;
  readonly url: string;
}

/**
 * Addresses of the web page that sign in by themselves: the credential stands in the fragment, which no browser sends to a
 * server. The customers' are good for a day.
 */
export async function pageAddresses(
  api: Api,
  { admin }: Doors,
  rootKey: string,
  actors: ReadonlyMap<ActorName, Actor>,
): Promise<readonly PageAddress[]> {
  const customers = shown.flatMap((name) => actors.get(name) ?? []);
  const portals = customers.map(async ({ contract, name, tenant }) => {
    const ask = { expires_in_seconds: DAY_SECONDS, reveal_secrets: true };
    const { token } = await api.post<{ token: string }>(`/tenants/${tenant}/portal-tokens`, ask);
    return { about: `${contract}, customer "${name}"`, url: `${admin}/ui/portal#token=${token}` };
  });
  return [
    ...(await Promise.all(portals)),
    { about: 'operations', url: `${admin}/ui/operations#token=${rootKey}` },
  ];
}
