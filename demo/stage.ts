import { createThrowAwayCa, type ServerCertificate } from '../libs/testkit/src/throw-away-ca.ts';
import type { Api } from './api.ts';
import { DemoReceiver, pages, type ReceiverSetup } from './receiver.ts';

/** One customer endpoint of the demo, with the server behind it. */
export interface Actor {
  readonly name: string;
  readonly tenant: string;
  readonly contract: string;
  readonly endpoint: string;
  readonly receiver: DemoReceiver;
}

export type ActorName = 'spell' | 'tune' | 'leap' | 'watch' | 'flaky' | 'down' | 'gone';

/** Hyperspell's secret is the app's JWT secret: supplied, never made by the engine. */
const JWT_SECRET = 'demo-jwt-secret-of-the-app';

interface Role {
  readonly contract: string;
  readonly tenant: object;
  readonly mood?: ReceiverSetup['mood'];
  readonly about: string;
}

const roles: Readonly<Record<ActorName, Role>> = {
  spell: {
    contract: 'hyperspell',
    tenant: { attributes: { app: 'demo-app' }, secret: JWT_SECRET },
    about: 'checks the signature and the 300 s rule',
  },
  tune: {
    contract: 'hypertune',
    tenant: {},
    about: 'answers 401 without a signature, 403 to a wrong one',
  },
  leap: {
    contract: 'hyperleap',
    tenant: {
      attributes: {
        chatbotId: 'a1b2c3d4-0000-4000-8000-00000000000a',
        chatbotName: 'Support Bot',
        organizationId: 'e5f6a7b8-0000-4000-8000-00000000000b',
      },
    },
    about: 'speaks TLS; plain http is refused there, always',
  },
  watch: { contract: 'hyprwatch', tenant: {}, about: 'checks the signature, dedupes by id' },
  flaky: {
    contract: 'hypertune',
    tenant: {},
    mood: (nth) => (nth < 2 ? 503 : null),
    about: 'answers 503 twice, then recovers',
  },
  down: {
    contract: 'hyprwatch',
    tenant: {},
    mood: () => 500,
    about: 'answers 500: after five attempts it is disabled',
  },
  gone: {
    contract: 'standard-webhooks',
    tenant: {},
    mood: () => 410,
    about: 'answers 410 Gone: disabled at once',
  },
};

export const actorNames = Object.keys(roles) as ActorName[];
export const aboutActor = (name: ActorName): string => roles[name].about;

/** A throw-away authority, its certificate for loopback, and the PEM that the engine is told to trust. */
export async function throwAwayTls(): Promise<{ certificate: ServerCertificate; caPem: string }> {
  const ca = await createThrowAwayCa();
  return { certificate: await ca.issue(), caPem: ca.ca };
}

/**
 * Opens the receiver, registers tenant and endpoint, and gives the receiver the secret that the API showed. `contract`:
 * another one than the role's, whose page the receiver goes by all the same.
 */
export async function enter(
  name: ActorName,
  api: Api,
  tls: { readonly key: string; readonly cert: string },
  contract = roles[name].contract,
): Promise<Actor> {
  const role = roles[name];
  const rules = pages[role.contract] ?? null;
  const receiver = new DemoReceiver({
    rules,
    ...(role.mood === undefined ? {} : { mood: role.mood }),
    ...(contract === 'hyperleap' ? { tls } : {}),
  });
  const url = await receiver.open();
  const tenant = `demo-${name}`;
  await api.post('/tenants', { id: tenant, name: `Demo ${name}`, contract, ...role.tenant });
  const { id, secret } = await api.post<{ id: string; secret?: string }>(`/webhooks?tenant=${tenant}`, {
    url,
  });
  receiver.secret = secret ?? JWT_SECRET;
  return { name, tenant, contract, endpoint: id, receiver };
}
