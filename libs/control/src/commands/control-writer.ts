import {
  apiKeyDecider,
  endpointDecider,
  Rejected,
  tenantDecider,
  type ApiKeyCommand,
  type ControlFact,
  type EndpointCommand,
  type TenantCommand,
} from '#domain';
import { encodeControl, type Log } from '#log';
import { passedWithin, type FollowedControl } from '../table/followed-control.ts';

/** How long a command waits for its own fact to come round. */
const OWN_FACT_MS = 10_000;

/** What a command did. */
export interface Written {
  /** Control position that a reader must have passed to see it; what publishers echo (R20). */
  readonly position: number;
  /** Offset of the fact, the number of the chain it asks for (R2); null: nothing had to change. */
  readonly offset: number | null;
}

/**
 * A command = load state → decide → append with the version it leads to → wait until the own table has passed it →
 * applied, or {@link Rejected} `conflict`: somebody else's fact came first, load again.
 */
export class ControlWriter {
  readonly #log: Pick<Log, 'append'>;
  readonly #control: FollowedControl;
  readonly #newId: () => string;

  constructor(log: Pick<Log, 'append'>, control: FollowedControl, newId: () => string) {
    this.#log = log;
    this.#control = control;
    this.#newId = newId;
  }

  endpoint(endpointId: string, command: EndpointCommand, actor: string): Promise<Written> {
    return this.#all(endpointDecider.decide(command, this.#control.table.endpoint(endpointId)), actor);
  }

  tenant(tenantId: string, command: TenantCommand, actor: string): Promise<Written> {
    return this.#all(tenantDecider.decide(command, this.#control.table.tenant(tenantId)), actor);
  }

  key(keyId: string, command: ApiKeyCommand, actor: string): Promise<Written> {
    return this.#all(apiKeyDecider.decide(command, this.#control.table.key(keyId)), actor);
  }

  /** Facts that no decider stands before: the installation, and asks. */
  async fact(fact: ControlFact, actor: string): Promise<Written> {
    const factId = this.#newId();
    const encoded = encodeControl({ factId, actor, fact });
    const [appended] = await this.#log.append([{ topic: 'control', partition: 0, ...encoded }]);
    if (appended === undefined) throw new Error('the log answered an append of one record with none');
    const position = appended.offset + 1;
    await passedWithin(this.#control, position, OWN_FACT_MS);
    if (!this.#control.fateOf(factId)) {
      throw new Rejected('conflict', 'it was changed by somebody else meanwhile; load it again and retry');
    }
    return { position, offset: appended.offset };
  }

  async #all(facts: readonly ControlFact[], actor: string): Promise<Written> {
    let written: Written = { position: this.#control.position, offset: null };
    for (const fact of facts) written = await this.fact(fact, actor);
    return written;
  }
}
