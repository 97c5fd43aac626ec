import { scopes } from '#domain';
import { eventually } from '#testkit';
import { CustomerServer } from '../customer-server.ts';
import { openEngine } from '../open-engine.ts';
import type { EngineUnderTest } from '../engine-under-test.ts';
import type { IndexedOperation } from './document-index.ts';
import type { SeenAnswer } from './document-judge.ts';

export interface SceneTenant {
  readonly id: string;
  /** Has every scope that a tenant's key can have. */
  readonly key: string;
  readonly eventId: string;
  readonly deliveryId: string;
}

/** What is sent in one call; a body as it is on the wire. */
export interface SentRequest {
  readonly key?: string | undefined;
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** An engine with two tenants, each with a delivered event, to call every operation of the document on. */
export class RestScene {
  readonly engine: EngineUnderTest;
  readonly own: SceneTenant;
  readonly foreign: SceneTenant;
  readonly #customer: CustomerServer;
  readonly #receiver: string;
  #slowReplay: string | undefined;

  private constructor(
    engine: EngineUnderTest,
    customer: CustomerServer,
    receiver: string,
    [own, foreign]: readonly [SceneTenant, SceneTenant],
  ) {
    this.engine = engine;
    this.#customer = customer;
    this.#receiver = receiver;
    this.own = own;
    this.foreign = foreign;
  }

  static async open(name: string, env: Readonly<Record<string, string>> = {}): Promise<RestScene> {
    const customer = new CustomerServer();
    const receiver = await customer.open();
    const engine = await openEngine(name, env);
    const tenants = [
      await makeTenant(engine, 'own', receiver),
      await makeTenant(engine, 'foreign', receiver),
    ];
    await publishMany(engine, 'own', receiver);
    return new RestScene(engine, customer, receiver, tenants as unknown as [SceneTenant, SceneTenant]);
  }

  /** A URL that the engine may send to, and that answers. */
  get receiver(): string {
    return `${this.#receiver}/hook`;
  }

  /** An id for each name in the path, of things of `own`: new ones where the call may end them. */
  async pathValues(operation: IndexedOperation): Promise<Readonly<Record<string, string>>> {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const [, kind = ''] = /^\/api\/v1\/([\w-]+)\/\{/.exec(operation.path) ?? [];
    if (names.length === 0) return {};
    const make = this.#makers[kind];
    if (make === undefined || names.join() !== 'id') {
      throw new Error(`rest-scene.ts knows no ids for ${operation.path}; tell it how to make one`);
    }
    return { id: await make(operation) };
  }

  readonly #makers: Readonly<Record<string, (operation: IndexedOperation) => Promise<string>>> = {
    webhooks: () =>
      this.#made('/webhooks', { url: this.receiver, tenant: this.own.id, events: ['host.offline'] }),
    keys: () => this.#made('/keys', { name: 'one to end', tenant: this.own.id }),
    tenants: ({ id }) =>
      this.#made(
        '/tenants',
        id === 'setTenantSecret' || id === 'revealTenantSecret' ? hyperspell : { name: 'one to end' },
      ),
    events: async () => this.own.eventId,
    deliveries: async () => this.own.deliveryId,
    replays: () => this.#replay(),
  };

  async call({
    key = this.engine.rootKey,
    path,
    method,
    headers = {},
    body,
  }: SentRequest): Promise<SeenAnswer> {
    const response = await fetch(this.engine.urlFor(method, path) + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined || method === 'GET' ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  }

  async close(): Promise<void> {
    await this.engine.remove();
    await this.#customer.close();
  }

  /** One that is slow enough to be changed; another one where it has ended. */
  async #replay(): Promise<string> {
    const known = this.#slowReplay;
    if (known !== undefined) {
      const { state } = await this.engine.must<{ state: string }>('GET', `/replays/${known}`);
      if (state === 'running' || state === 'paused') return known;
    }
    const ask = { what: 'deliveries', filter: { type: 'host.offline', status: ['delivered'] }, rate: 1 };
    const made = await this.#made('/replays', { ...ask, tenant: this.own.id });
    this.#slowReplay = made;
    return made;
  }

  async #made(path: string, body: object): Promise<string> {
    return (await this.engine.must<{ id: string }>('POST', path, body)).id;
  }
}

/** Of a stream that has no end, what it says first. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  for await (const chunk of response.body ?? []) return new TextDecoder().decode(chunk);
  return '';
}

const MANY = 60;

const hyperspell = {
  name: 'one with a secret',
  contract: 'hyperspell',
  attributes: { app: 'demo' },
  secret: 'the-jwt-secret-of-the-app',
};

async function makeTenant(engine: EngineUnderTest, id: string, receiver: string): Promise<SceneTenant> {
  await engine.must('POST', '/tenants', { id, name: id, contract: 'hyprwatch' });
  const { key } = await engine.must<{ key: string }>('POST', '/keys', {
    name: id,
    tenant: id,
    scopes: scopes.filter((scope) => scope !== 'admin'),
  });
  await engine.must('POST', '/webhooks', { url: `${receiver}/${id}`, events: ['host.online'] }, key);
  const event = {
    id: `evt_${id}`,
    type: 'host.online',
    data: { host_id: 'h_1', hostname: 'web-1', platform: 'linux' },
  };
  await engine.must('POST', '/events', event, key);
  const deliveryId = await eventually(async () => {
    const path = '/deliveries?status=delivered';
    const { data } = await engine.must<{ data: { id: string }[] }>('GET', path, undefined, key);
    const [delivery] = data;
    if (delivery === undefined) throw new Error('not delivered yet');
    return delivery.id;
  });
  return { id, key, eventId: event.id, deliveryId };
}

/** Deliveries enough for a replay that lasts. */
async function publishMany(engine: EngineUnderTest, tenant: string, receiver: string): Promise<void> {
  const url = `${receiver}/many`;
  const { id } = await engine.must<{ id: string }>('POST', '/webhooks', {
    url,
    events: ['host.offline'],
    tenant,
  });
  const data = { host_id: 'h_1', hostname: 'web-1', platform: 'linux' };
  const events = Array.from({ length: MANY }, (_, n) => ({
    id: `evt_many_${n}`,
    tenant,
    type: 'host.offline',
    data,
  }));
  await engine.must('POST', '/events', events);
  await eventually(async () => {
    const path = `/deliveries?webhook=${id}&status=delivered&limit=100`;
    const { data: delivered } = await engine.must<{ data: unknown[] }>('GET', path);
    if (delivered.length < MANY) throw new Error(`${delivered.length} delivered`);
  });
}
