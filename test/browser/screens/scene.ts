import { setTimeout as delay } from 'node:timers/promises';
import type { StandaloneProcess } from '../../support/standalone-process.ts';
import type { TellingServer } from '../support/telling-server.ts';

const PAUSE_MS = 400;
/** Away for so long that a second attempt fails too, and a third does not. */
const FLAKY_EVERY_MS = 6_000;
const FLAKY_FOR_MS = 900;
/** Of a contract that lists no types. */
const aSale = { type: 'order.paid', sample: { order: 'A-1042', total: '49.00' } };

interface Contract {
  readonly id: string;
  readonly event_types: readonly { readonly type: string; readonly sample: object }[];
}

/** What the envelopes of a contract tell of its customer. */
const attributesOf: Readonly<Record<string, object>> = {
  hyperleap: {
    chatbotId: '7d4f2c1e-4a53-4c0b-9a0e-0d6f2b7c9a11',
    chatbotName: 'Support Assistant',
    organizationId: '2b9d8f30-6a1c-4f57-8f43-51c7de0a4b22',
  },
  hyperspell: { app: 'index-monitor' },
};

export interface Shop {
  readonly tenant: string;
  /** A portal token. */
  readonly token: string;
  /** Webhook id by path. */
  readonly webhooks: Readonly<Record<string, string>>;
}

interface Shops {
  readonly watch: Shop;
  readonly acme: Shop;
  readonly spell: Shop;
  readonly without: Shop;
}

export interface Scene extends Shops {
  /** Nothing happens any more. */
  readonly end: () => Promise<void>;
}

/** Four customers of four providers, and what happens to them until the scene ends. */
export async function setScene(engine: StandaloneProcess, receiver: TellingServer): Promise<Scene> {
  receiver.says('/orders', {
    status: 200,
    body: '{"received":true}',
    headers: { 'content-type': 'application/json' },
  });
  receiver.says('/warehouse', { status: 204 });
  receiver.says('/legacy', { status: 500, body: 'Traceback (most recent call last): …' });
  receiver.says('/staging', { status: 200, body: '<img src=x onerror="alert(1)"> is only text here' });
  const { data: contracts } = await engine.must<{ data: Contract[] }>('GET', '/contracts');
  const typesOf = (contract: string) => contracts.find(({ id }) => id === contract)?.event_types ?? [];

  const shop = async (
    tenant: string,
    name: string,
    contract: string,
    paths: readonly (readonly [string, string, string[]])[],
  ): Promise<Shop> => {
    const attributes = attributesOf[contract] === undefined ? {} : { attributes: attributesOf[contract] };
    const secret = contract === 'hyperspell' ? { secret: 'a-jwt-secret-of-the-app-0123456789' } : {};
    await engine.must('POST', '/tenants', { id: tenant, name, contract, ...secret, ...attributes });
    const webhooks: Record<string, string> = {};
    for (const [path, description, events] of paths) {
      const body = { url: `${receiver.url}${path}`, description, events };
      webhooks[path] = (await engine.must<{ id: string }>('POST', `/webhooks?tenant=${tenant}`, body)).id;
    }
    const ask = { expires_in_seconds: 3_600, reveal_secrets: true };
    const { token } = await engine.must<{ token: string }>('POST', `/tenants/${tenant}/portal-tokens`, ask);
    return { tenant, token, webhooks };
  };

  const scene: Shops = {
    watch: await shop('northwind', 'Northwind', 'hyprwatch', [
      ['/orders', 'Fleet inventory', []],
      ['/warehouse', 'On-call pager', ['host.offline']],
      ['/flaky', 'Query archive', ['query.completed']],
      ['/legacy', 'Legacy CMDB sync', ['host.enrolled', 'host.online']],
    ]),
    acme: await shop('acme', 'Acme Inc', 'standard-webhooks', [['/staging', 'CRM', []]]),
    spell: await shop('initech', 'Initech', 'hyperspell', [['/orders', 'Index monitor', []]]),
    without: await shop('smallco', 'Small Co', 'hyperleap', []),
  };
  await engine.must('PATCH', '/tenants/smallco', { entitled: false });

  const stop = new AbortController();
  const played = play(engine, receiver, scene, typesOf, stop.signal);
  return {
    ...scene,
    end: async () => {
      stop.abort();
      await played;
    },
  };
}

/** Events for all of them until it is told to end. */
async function play(
  engine: StandaloneProcess,
  receiver: TellingServer,
  { watch, acme, spell }: Shops,
  typesOf: (contract: string) => Contract['event_types'],
  signal: AbortSignal,
): Promise<void> {
  const publishers = [
    [watch.tenant, 'hyprwatch'],
    [acme.tenant, 'standard-webhooks'],
    [spell.tenant, 'hyperspell'],
  ] as const;
  for (let n = 0; !signal.aborted; n += 1) {
    const isAway = performance.now() % FLAKY_EVERY_MS < FLAKY_FOR_MS;
    receiver.says('/flaky', isAway ? { status: 503, body: 'try again later' } : { status: 200 });
    for (const [tenant, contract] of publishers) {
      const types = typesOf(contract);
      const { type, sample } = types[n % types.length] ?? aSale;
      await engine.must('POST', '/events', { tenant, type, data: sample });
    }
    await delay(PAUSE_MS);
  }
}
