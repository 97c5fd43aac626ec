import {
  apiKeyDecider,
  assertNever,
  endpointDecider,
  Rejected,
  replayDecider,
  tenantDecider,
  type ApiKeyCommand,
  type ControlEntry,
  type ControlFact,
  type EndpointCommand,
  type ReplayCommand,
  type TenantCommand,
} from '#domain';
import { encodeControl, LogError, type Appended, type Log, type NewRecord } from '#log';
import { decideInTurn, type ControlChange } from './control-change.ts';
import { passedWithin, type FollowedControl } from '../table/followed-control.ts';

/** How long a command waits for its own fact to come round. */
const OWN_FACT_MS = 10_000;

/** A tenth of the fates that the table remembers: that of the first is known when the last has been passed. */
const MOST_FACTS = 1_000;

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

/** What each of many changes did: false, somebody else's fact came first. */
export interface ManyWritten {
  readonly position: number;
  readonly applied: readonly boolean[];
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
    this.#needTenantOf(command);
    return this.#all(endpointDecider.decide(command, this.#control.table.endpoint(endpointId)), actor);
  }

  async tenant(tenantId: string, command: TenantCommand, actor: string): Promise<Written> {
    return this.#all(tenantDecider.decide(command, this.#control.table.tenant(tenantId)), actor);
  }

  async key(keyId: string, command: ApiKeyCommand, actor: string): Promise<Written> {
    this.#needTenantOf(command);
    return this.#all(apiKeyDecider.decide(command, this.#control.table.key(keyId)), actor);
  }

  async replay(replayId: string, command: ReplayCommand, actor: string): Promise<Written> {
    if (command.type === 'start') this.#needTenant(command.tenantId);
    return this.#all(replayDecider.decide(command, this.#control.table.replay(replayId)), actor);
  }

  /** Facts that no decider stands before: the installation, and asks. */
  async fact(fact: ControlFact, actor: string): Promise<Written> {
    const entry = { factId: this.#newId(), actor, fact };
    const [offset = -1] = await this.#append([entry]);
    if (!this.#tell(entry, offset)) {
      throw new Rejected('conflict', 'it was changed by somebody else meanwhile; load it again and retry');
    }
    return { position: offset + 1, offset };
  }

  /**
   * Many changes by one append, in their order; each is applied whole or not at all, and by itself: one that somebody
   * else came before does not stop the others. All are decided on the table as it is at the call, so no two may be about
   * the same thing, or about a tenant that one of them creates. Throws {@link Rejected} before anything is appended.
   */
  async many(changes: readonly ControlChange[], actor: string): Promise<ManyWritten> {
    const decided = changes.map((change) =>
      this.#decided(change).map((fact) => ({ factId: this.#newId(), actor, fact })),
    );
    const entries = decided.flat();
    if (entries.length > MOST_FACTS) throw new RangeError(`at most ${MOST_FACTS} facts go in one append`);
    const offsets = entries.length === 0 ? [] : await this.#append(entries);
    const position = (offsets.at(-1) ?? this.#control.position - 1) + 1;
    for (const [index, entry] of entries.entries()) this.#tell(entry, offsets[index] ?? -1);
    const applied = decided.map((facts) => facts.every(({ factId }) => this.#control.fateOf(factId)));
    return { position, applied };
  }

  /** False: it was not applied, and nobody is told of it. */
  #tell({ factId, fact, actor }: ControlEntry, offset: number): boolean {
    if (!this.#control.fateOf(factId)) return false;
    this.#told({ fact, actor, offset });
    return true;
  }

  /** Resolves with where each of them stands, once the own table has passed the last. */
  async #append(entries: readonly ControlEntry[]): Promise<readonly number[]> {
    if (!this.#control.readable) {
      throw new LogError('log_unavailable', 'this process cannot read the newest control facts; upgrade it');
    }
    const records: readonly NewRecord[] = entries.map((entry) => ({
      topic: 'control',
      partition: 0,
      ...encodeControl(entry),
    }));
    const offsets = (await this.#appendTwice(records)).map(({ offset }) => offset);
    if (offsets.length !== entries.length)
      throw new Error('the log did not answer for each record of an append');
    await passedWithin(this.#control, (offsets.at(-1) ?? 0) + 1, OWN_FACT_MS);
    return offsets;
  }

  /** Once more where nothing is known: the same fact ids, so a copy changes nothing, and no endpoint is made unseen. */
  async #appendTwice(records: readonly NewRecord[]): Promise<readonly Appended[]> {
    try {
      return await this.#log.append(records);
    } catch (error) {
      if (!(error instanceof LogError && error.retryable)) throw error;
      return this.#log.append(records);
    }
  }

  #decided(change: ControlChange): readonly ControlFact[] {
    const { table } = this.#control;
    switch (change.on) {
      case 'tenant':
        return decideInTurn(tenantDecider, table.tenant(change.id), change.commands);
      case 'key':
        for (const command of change.commands) this.#needTenantOf(command);
        return decideInTurn(apiKeyDecider, table.key(change.id), change.commands);
      case 'endpoint':
        for (const command of change.commands) this.#needTenantOf(command);
        return decideInTurn(endpointDecider, table.endpoint(change.id), change.commands);
      default:
        return assertNever(change);
    }
  }

  #needTenantOf(command: EndpointCommand | ApiKeyCommand): void {
    if (command.type === 'create' && command.tenantId !== null) this.#needTenant(command.tenantId);
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
