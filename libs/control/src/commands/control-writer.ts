import {
  apiKeyDecider,
  endpointDecider,
  Rejected,
  replayDecider,
  tenantDecider,
  type ApiKeyCommand,
  type ControlFact,
  type EndpointCommand,
  type ReplayCommand,
  type TenantCommand,
} from '#domain';
import { encodeControl, LogError, type Appended, type Log, type NewRecord } from '#log';
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

/** A fact, who caused it, and where it stands in `control`. */
export interface AppliedFact {
  readonly fact: ControlFact;
  readonly actor: string;
  readonly offset: number;
}

/**
 * A command = load state → decide → append with the version it leads to → wait until the own table has passed it →
 * applied, or {@link Rejected} `conflict`: somebody else's fact came first, load again.
 *
 * Other errors: {@link LogError}; after a retryable one nothing is known about the fact.
 */
export class ControlWriter {
  readonly #log: Pick<Log, 'append'>;
  readonly #control: FollowedControl;
  readonly #newId: () => string;
  readonly #told: (applied: AppliedFact) => void;

  /** `told`: of each fact that this writer brought about, once it is applied. */
  constructor(
    log: Pick<Log, 'append'>,
    control: FollowedControl,
    newId: () => string,
    told: (applied: AppliedFact) => void = () => {},
  ) {
    this.#log = log;
    this.#control = control;
    this.#newId = newId;
    this.#told = told;
  }

  async endpoint(endpointId: string, command: EndpointCommand, actor: string): Promise<Written> {
    if (command.type === 'create') this.#needTenant(command.tenantId);
    return this.#all(endpointDecider.decide(command, this.#control.table.endpoint(endpointId)), actor);
  }

  async tenant(tenantId: string, command: TenantCommand, actor: string): Promise<Written> {
    return this.#all(tenantDecider.decide(command, this.#control.table.tenant(tenantId)), actor);
  }

  async key(keyId: string, command: ApiKeyCommand, actor: string): Promise<Written> {
    if (command.type === 'create' && command.tenantId !== null) this.#needTenant(command.tenantId);
    return this.#all(apiKeyDecider.decide(command, this.#control.table.key(keyId)), actor);
  }

  async replay(replayId: string, command: ReplayCommand, actor: string): Promise<Written> {
    if (command.type === 'start') this.#needTenant(command.tenantId);
    return this.#all(replayDecider.decide(command, this.#control.table.replay(replayId)), actor);
  }

  /** Facts that no decider stands before: the installation, and asks. */
  async fact(fact: ControlFact, actor: string): Promise<Written> {
    if (!this.#control.readable) {
      throw new LogError('log_unavailable', 'this process cannot read the newest control facts; upgrade it');
    }
    const factId = this.#newId();
    const encoded = encodeControl({ factId, actor, fact });
    const appended = await this.#append({ topic: 'control', partition: 0, ...encoded });
    const position = appended.offset + 1;
    await passedWithin(this.#control, position, OWN_FACT_MS);
    if (!this.#control.fateOf(factId)) {
      throw new Rejected('conflict', 'it was changed by somebody else meanwhile; load it again and retry');
    }
    this.#told({ fact, actor, offset: appended.offset });
    return { position, offset: appended.offset };
  }

  /** Once more where nothing is known: the same fact id, so a copy changes nothing, and no endpoint is made unseen. */
  async #append(record: NewRecord): Promise<Appended> {
    let appended: readonly Appended[];
    try {
      appended = await this.#log.append([record]);
    } catch (error) {
      if (!(error instanceof LogError && error.retryable)) throw error;
      appended = await this.#log.append([record]);
    }
    const [only] = appended;
    if (only === undefined) throw new Error('the log answered an append of one record with none');
    return only;
  }

  /** A decider sees one aggregate; that another one exists is looked up here, and kept by the table. */
  #needTenant(tenantId: string): void {
    if (this.#control.table.tenant(tenantId) !== undefined) return;
    throw new Rejected('not_found', `no tenant ${JSON.stringify(tenantId)}; create it first`);
  }

  async #all(facts: readonly ControlFact[], actor: string): Promise<Written> {
    let written: Written = { position: this.#control.position, offset: null };
    for (const fact of facts) written = await this.fact(fact, actor);
    return written;
  }
}
