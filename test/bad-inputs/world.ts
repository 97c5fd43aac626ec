import { expect } from '@jest/globals';
import { eventually, startReceiver, type Answer, type ReceivedRequest, type Receiver } from '#testkit';
import { createEgressGuard, createHttpSender, prepareTarget, type AttemptReport } from '#webhook-http';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

/** One row of the table: what comes in, and what must come of it. */
export interface BadInput {
  readonly row: number;
  readonly input: string;
  readonly expected: string;
  readonly check: (world: BadWorld) => Promise<void>;
}

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

export interface Webhook {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
}

interface Scene {
  readonly tenant: string;
  readonly key: string;
}

type Resolve = NonNullable<Parameters<typeof createEgressGuard>[0]['resolve']>;

/** Two installations, and receivers that misbehave: one is set up as in production, the other may reach this machine. */
export class BadWorld {
  /** Default settings: https only, public addresses only. */
  readonly strict: EngineUnderTest;
  readonly open: EngineUnderTest;
  readonly #closing: (() => Promise<void>)[] = [];
  readonly #tenants = new Map<string, Scene>();
  #made = 0;

  private constructor(strict: EngineUnderTest, open: EngineUnderTest) {
    this.strict = strict;
    this.open = open;
  }

  static async start(): Promise<BadWorld> {
    const asInProduction = { HYPERHOOK_ALLOW_HTTP: 'false', HYPERHOOK_EGRESS_ALLOW: '' };
    const own = { HYPERHOOK_EGRESS_DENY: 'api.example.org,.hooks.example.org,198.41.0.0/24' };
    const strict = await openEngine('strict', { ...asInProduction, ...own });
    try {
      return new BadWorld(strict, await openEngine('open'));
    } catch (error) {
      await strict.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const close of this.#closing.toReversed()) await close();
    await Promise.all([this.strict.remove(), this.open.remove()]);
  }

  atEnd(close: () => Promise<void>): void {
    this.#closing.push(close);
  }

  /** A tenant of the contract with a key of its own; the same each time. */
  async tenantOf(engine: EngineUnderTest, contract: string): Promise<Scene> {
    const known = this.#tenants.get(`${engine.rootKey} ${contract}`);
    const scene = known ?? (await this.newTenant(engine, contract));
    this.#tenants.set(`${engine.rootKey} ${contract}`, scene);
    return scene;
  }

  async newTenant(engine = this.open, contract = 'standard-webhooks'): Promise<Scene> {
    this.#made += 1;
    const tenant = `${contract}-${this.#made}`;
    const uuid = 'a1b2c3d4-0000-4000-8000-00000000000a';
    const attributes = { chatbotId: uuid, chatbotName: 'Bot', organizationId: uuid };
    const more = contract === 'hyperleap' ? { attributes } : {};
    await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract, ...more });
    const { key } = await engine.must<{ key: string }>('POST', '/keys', { name: tenant, tenant });
    return { tenant, key };
  }

  /** What the production engine says to a webhook; `code`: of the field that is wrong. */
  async refusal(more: object, contract = 'standard-webhooks'): Promise<string> {
    const { key } = await this.tenantOf(this.strict, contract);
    const body = { url: 'https://example.com/hook', ...more };
    const { status, body: answer } = await this.strict.call<Problem & Webhook>(
      'POST',
      '/webhooks',
      body,
      key,
    );
    if (status === 201) return 'accepted';
    return `${status} ${answer.errors?.[0]?.pointer ?? ''} ${answer.errors?.[0]?.code ?? answer.code}`;
  }

  /** Each URL is refused with 422 at `/url`, for one of the reasons. */
  async urlsRefused(urls: readonly string[], codes: string, contract?: string): Promise<void> {
    for (const url of urls) {
      const said = await this.refusal({ url }, contract);
      expect(`${url} ${said}`).toMatch(new RegExp(`422 /url (${codes})$`));
    }
  }

  async receiver(
    answer: (request: ReceivedRequest, n: number) => Answer | Promise<Answer>,
  ): Promise<Receiver> {
    const receiver = await startReceiver({ answer });
    this.atEnd(() => receiver.close());
    return receiver;
  }

  /** A webhook of the open engine that leads to `url`. */
  async webhook(key: string, url: string, more: object = {}): Promise<string> {
    return (await this.open.must<Webhook>('POST', '/webhooks', { url, ...more }, key)).id;
  }

  async publish(key: string, event: object = {}): Promise<string> {
    const body = { type: 'thing.happened', data: {}, ...event };
    return (await this.open.must<{ id: string }>('POST', '/events', body, key)).id;
  }

  /** The raw bytes of a publication, as a hostile publisher writes them. */
  async publishRaw(
    key: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly code: string | undefined }> {
    const response = await fetch(`${this.open.urlFor('POST', '/events')}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : Buffer.from(body),
    });
    const { code } = (await response.json()) as Partial<Problem>;
    return { status: response.status, code };
  }

  /** The one delivery of an event, once it looks as wanted. */
  async delivery<T extends { readonly status: string }>(
    key: string,
    event: string,
    status: string,
  ): Promise<T> {
    return eventually(async () => {
      const { data } = await this.open.must<{ data: T[] }>(
        'GET',
        `/deliveries?event=${event}`,
        undefined,
        key,
      );
      expect(data.map((each) => each.status)).toEqual([status]);
      return data[0]!;
    }, 20_000);
  }

  /**
   * One attempt by the engine's own sender, where a test must be DNS, or have no patience. `resolve`: default, everything
   * is at 127.0.0.1, which is allowed.
   */
  async attempt(
    url: string,
    options: { readonly timeoutMs?: number; readonly resolve?: Resolve; readonly extraCa?: string } = {},
  ): Promise<AttemptReport> {
    const loopback: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const resolve = options.resolve ?? loopback;
    const egress = createEgressGuard({ allow: ['127.0.0.1/32'], resolve });
    const extraCa = options.extraCa === undefined ? [] : [options.extraCa];
    const sender = createHttpSender({ egress, userAgent: 'Hyperhook/test', extraCa });
    try {
      const timeoutMs = options.timeoutMs ?? 2_000;
      return await sender.send({
        target: prepareTarget(url),
        headers: {},
        body: Buffer.from('{}'),
        timeoutMs,
      });
    } finally {
      await sender.close();
    }
  }
}
