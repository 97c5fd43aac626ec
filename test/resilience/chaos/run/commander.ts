import { setTimeout as delay } from 'node:timers/promises';
import { deliveryIdOf } from '#contracts';
import { assertNever } from '#domain';
import type { Answer } from '../../../support/api-call.ts';
import type { ChaosFacts } from '../judge/facts.ts';
import type { Command } from '../plan/commands.ts';
import { contractFacts, type ContractName } from '../plan/contract-facts.ts';
import { eventId } from '../plan/load.ts';
import { secretOf, type PlannedEndpoint, type PlannedTenant } from '../plan/world.ts';
import type { ChaosReceiver } from '../wire/chaos-receiver.ts';
import type { SecretBook } from '../wire/secret-book.ts';
import type { Api } from './api.ts';

export interface CommanderParts {
  readonly api: Api;
  readonly facts: ChaosFacts;
  readonly receiver: ChaosReceiver;
  readonly secrets: SecretBook;
  readonly seed: number;
  readonly world: readonly PlannedTenant[];
  /** Numbers of events published so far. */
  readonly published: () => number;
  readonly poison: (tenant: string) => Promise<void>;
}

/** What may be answered where somebody else was faster, something is away, or too much is asked. */
const expected: readonly number[] = [0, 404, 409, 412, 429, 503];

/** Sets up the world, and asks of the API what the plan says, many things at once. */
export class Commander {
  readonly #parts: CommanderParts;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: CommanderParts) {
    this.#parts = parts;
  }

  /** Before any fault: each of these must be answered. */
  async setUp(): Promise<void> {
    const { api, secrets, world } = this.#parts;
    for (const { id, contract, secret, endpoints } of world) {
      const { attributes } = contractFacts[contract];
      if (secret !== undefined) secrets.setting(id, secret)();
      await api.must('POST', '/tenants', { id, name: id, contract, attributes, ...(secret && { secret }) });
      for (const endpoint of endpoints) {
        const { status, body } = await this.#create(endpoint);
        if (status !== 201) throw new Error(`POST /webhooks: ${status} ${JSON.stringify(body)}`);
      }
    }
  }

  /** Each command at its time since `began` (epoch ms); resolves when the last is answered. */
  async run(commands: readonly Command[], began: number): Promise<void> {
    for (const command of commands) {
      await delay(Math.max(0, began + command.at - Date.now()));
      const work: Promise<void> = this.#do(command).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }
    await Promise.all(this.#underWay);
  }

  async #do(command: Command): Promise<void> {
    const { kind, tenant, name } = command;
    const path = `/${tenant}/${name}`;
    const id = this.#parts.facts.endpointAt(path)?.id;
    const { seed } = this.#parts;
    const ask = (method: string, action: string, body?: unknown): Promise<void> =>
      id === undefined
        ? Promise.resolve()
        : this.#ask(method, `/webhooks/${id}${action}?tenant=${tenant}`, body);
    switch (kind) {
      case 'create':
        await this.#createExtra(command);
        return;
      case 'patch-url':
        return ask('PATCH', '', { url: `${this.#urlOf(tenant, name)}?v=${command.version}` });
      case 'patch-events':
        return ask('PATCH', '', { events: command.events });
      case 'rotate': {
        if (id === undefined) return;
        const secret = secretOf(seed, path, command.version);
        const confirm = this.#parts.secrets.setting(path, secret);
        return this.#ask('POST', `/webhooks/${id}/rotate-secret?tenant=${tenant}`, { secret }, confirm);
      }
      case 'tenant-secret': {
        const secret = secretOf(seed, tenant, command.version);
        const confirm = this.#parts.secrets.setting(tenant, secret);
        return this.#ask('PUT', `/tenants/${tenant}/secret`, { secret }, confirm);
      }
      case 'enable':
        return ask('POST', '/enable', { held: command.held });
      case 'disable':
        return ask('POST', '/disable');
      case 'delete':
        return ask('DELETE', '');
      case 'test':
        return ask('POST', '/test', {});
      case 'list':
        await Promise.all(
          ['/deliveries', '/events', '/webhooks'].map((list) => this.#ask('GET', `${list}?tenant=${tenant}`)),
        );
        return;
      case 'race':
        await Promise.all(['one', 'other'].map((description) => ask('PATCH', '', { description })));
        return;
      case 'retry':
        if (id !== undefined) await this.#retry(tenant, id, command.share);
        return;
      case 'poison':
        // Where the log is away, nothing was poisoned: what stands in it says so itself.
        return this.#parts.poison(tenant).catch(() => undefined);
      default:
        assertNever(command);
    }
  }

  /** Of an event of this tenant, near that part of those published so far. */
  async #retry(tenant: string, id: string, share: number): Promise<void> {
    const { facts, published } = this.#parts;
    const from = Math.floor(share * published());
    for (let n = from; n > Math.max(-1, from - 100); n -= 1) {
      const event = eventId(n);
      if (facts.events.get(event)?.planned.tenant !== tenant) continue;
      if (!facts.deliveries.has(`${id} ${event}`)) continue;
      // Too old for its contract: 422 says so.
      await this.#ask('POST', `/deliveries/${deliveryIdOf(tenant, event, id)}/retry`, {}, undefined, [422]);
      return;
    }
  }

  async #createExtra({
    tenant,
    name,
    character,
    events,
  }: Extract<Command, { kind: 'create' }>): Promise<void> {
    const { tenantSecret } = contractFacts[this.#contractOf(tenant)];
    const secret = tenantSecret ? undefined : secretOf(this.#parts.seed, `/${tenant}/${name}`, 0);
    const { status, body } = await this.#create({ tenant, name, character, events, secret });
    this.#expect(status, `POST /webhooks: ${JSON.stringify(body)}`);
  }

  async #create({ tenant, name, character, events, secret }: PlannedEndpoint): Promise<Answer<unknown>> {
    const { api, receiver, secrets } = this.#parts;
    const path = `/${tenant}/${name}`;
    const contract = this.#contractOf(tenant);
    receiver.customers.set(path, {
      tenant,
      contract,
      character,
      secretOf: secret === undefined ? tenant : path,
    });
    const confirm = secret === undefined ? undefined : secrets.setting(path, secret);
    const body = { url: this.#urlOf(tenant, name), events, ...(secret === undefined ? {} : { secret }) };
    const answer = await api.ask('POST', `/webhooks?tenant=${tenant}`, body);
    if (answer.status === 201) confirm?.();
    return answer;
  }

  #contractOf(tenant: string): ContractName {
    return this.#parts.world.find(({ id }) => id === tenant)?.contract ?? 'hypertune';
  }

  #urlOf(tenant: string, name: string): string {
    return `${this.#parts.receiver.baseOf(this.#contractOf(tenant))}/${tenant}/${name}`;
  }

  async #ask(
    method: string,
    path: string,
    body?: unknown,
    confirm?: () => void,
    also: readonly number[] = [],
  ): Promise<void> {
    const { status, body: said } = await this.#parts.api.ask(method, path, body);
    if (status >= 200 && status < 300) confirm?.();
    else if (!also.includes(status)) this.#expect(status, `${method} ${path}: ${JSON.stringify(said)}`);
  }

  #expect(status: number, what: string): void {
    if (status < 300 || expected.includes(status) || status === 500) return;
    this.#parts.facts.complain('API', `${status} to ${what.slice(0, 500)}`);
  }
}
