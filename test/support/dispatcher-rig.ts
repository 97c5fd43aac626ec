import { randomBytes, randomUUID } from 'node:crypto';
import type { DeliveryRef, EndpointLimits, Outcome } from '#domain';
import {
  contractSample,
  generateSecret,
  jsonOf,
  loadContracts,
  renderEvent,
  shippedContractsDirectory,
  type Contract,
} from '#contracts';
import { ControlWriter, endpointOwner, FollowedControl, SecretBox, tenantOwner } from '#control';
import { decodeOutcome, encodeAsked, encodeEvent, partitionOf, type Log, type OutcomeRecord } from '#log';
import {
  createDispatcher,
  type DispatcherOptions,
  type RunningDispatcher,
} from '../../apps/dispatcher/src/create-dispatcher.ts';
import type { DispatcherSignals } from '../../apps/dispatcher/src/dispatcher-signals.ts';
import { FakeSender } from './fake-sender.ts';

export const PARTITIONS = 4;

/** Read once: reading and compiling them takes longer than most cases of a model check. */
const shipped: ReadonlyMap<string, Contract> = loadContracts([shippedContractsDirectory()]);

const attributesOf: Readonly<Record<string, Record<string, string>>> = {
  hyperspell: { app: 'demo-app' },
  hyperleap: {
    chatbotId: '0b9ff0f4-3a8c-4a5e-9f43-6d0f2ad2a111',
    chatbotName: 'Support Bot',
    organizationId: '0b9ff0f4-3a8c-4a5e-9f43-6d0f2ad2a222',
  },
};

/** What the dispatcher told about itself, counted. */
export class CountedSignals implements DispatcherSignals {
  readonly copies = { event: 0, attempt: 0 };
  readonly lateMs: number[] = [];
  readonly alerts: string[] = [];
  readonly quarantines: string[] = [];
  settled(): void {}
  placed(): void {}
  late(_tier: string | null, ms: number): void {
    this.lateMs.push(ms);
  }
  copyDropped(what: 'event' | 'attempt'): void {
    this.copies[what] += 1;
  }
  quarantined(topic: string, _partition: number, _offset: number, reason: string): void {
    this.quarantines.push(`${topic}: ${reason}`);
  }
  alert(what: string): void {
    this.alerts.push(what);
  }
}

/**
 * A dispatcher over some log, with a sender that answers from a script: everything of the engine but the network, the
 * doors and the projections. Several may follow one another on the same log, as after a crash.
 */
export class DispatcherRig {
  readonly control = new FollowedControl();
  readonly contracts = shipped;
  readonly sender: FakeSender;
  readonly signals = new CountedSignals();
  readonly log: Log;
  readonly writer: ControlWriter;
  readonly secrets: SecretBox;
  readonly crashes: Error[] = [];
  #dispatcher: RunningDispatcher | undefined;

  constructor(log: Log, options: { sender?: FakeSender; secrets?: SecretBox } = {}) {
    this.log = log;
    this.sender = options.sender ?? new FakeSender();
    this.secrets = options.secrets ?? new SecretBox(new Map([['t', randomBytes(32)]]), 't');
    this.writer = new ControlWriter(log, this.control, randomUUID);
  }

  async open(options: { timeScale?: number; dispatcher?: DispatcherOptions } = {}): Promise<void> {
    await this.control.start(this.log, {
      onNewer: (version) => this.crashes.push(new Error(`newer ${version}`)),
      onUnreadable: (reason) => this.crashes.push(new Error(reason)),
      onError: (error) => this.crashes.push(error),
    });
    this.#dispatcher = createDispatcher({
      log: this.log,
      control: this.control,
      contracts: this.contracts,
      secrets: this.secrets,
      sender: this.sender,
      signals: this.signals,
      timeScale: options.timeScale ?? 1,
      onCrash: (error) => this.crashes.push(error),
      ...(options.dispatcher === undefined ? {} : { options: options.dispatcher }),
    });
    await this.#dispatcher.start();
  }

  get dispatcher(): RunningDispatcher {
    if (this.#dispatcher === undefined) throw new Error('open the rig first');
    return this.#dispatcher;
  }

  async close(): Promise<void> {
    await this.#dispatcher?.stop();
    await this.control.stop();
  }

  contract(id: string): Contract {
    const contract = this.contracts.get(id);
    if (contract === undefined) throw new Error(`no contract ${id}`);
    return contract;
  }

  async tenant(contract: string, id = `${contract}-${randomUUID().slice(0, 8)}`): Promise<string> {
    const secret = contract === 'hyperspell' ? this.secrets.seal('test-jwt-secret', tenantOwner(id)) : null;
    const attributes = attributesOf[contract] ?? {};
    await this.writer.tenant(
      id,
      {
        type: 'create',
        tenantId: id,
        name: id,
        contract,
        attributes,
        secret,
        entitled: true,
        at: Date.now(),
      },
      'test',
    );
    return id;
  }

  async endpoint(
    tenantId: string,
    set: { url?: string; events?: string[]; active?: boolean; id?: string; limits?: EndpointLimits } = {},
  ): Promise<string> {
    const id = set.id ?? `wh_${randomUUID()}`;
    const contract = this.contract(this.control.table.tenant(tenantId)?.contract ?? '');
    const secrets =
      contract.secret.owner === 'tenant'
        ? []
        : [
            {
              sealed: this.secrets.seal(
                generateSecret(contract, randomBytes(32)),
                endpointOwner(tenantId, id),
              ),
              until: null,
            },
          ];
    await this.writer.endpoint(
      id,
      {
        type: 'create',
        endpointId: id,
        tenantId,
        settings: {
          // The whole id: of ten thousand that kept eight digits, two would be alike in one run of ninety.
          url: set.url ?? `https://example.com/${id}`,
          events: set.events ?? [],
          description: '',
          headers: {},
          ...(set.limits === undefined ? {} : { limits: set.limits }),
        },
        secrets,
        active: set.active ?? true,
        at: Date.now(),
      },
      'test',
    );
    return id;
  }

  url(endpointId: string): string {
    return this.control.table.endpoint(endpointId)?.url ?? '';
  }

  /** Appends an event as ingestion does; a sample of the contract's first type unless told otherwise. */
  async publish(
    tenantId: string,
    event: { id?: string; type?: string; data?: object; occurredAt?: number; controlPosition?: number } = {},
  ): Promise<{ eventId: string; partition: number; offset: number }> {
    const tenant = this.control.table.tenant(tenantId);
    if (tenant === undefined) throw new Error(`no tenant ${tenantId}`);
    const contract = this.contract(tenant.contract);
    const type = event.type ?? contract.eventTypes.keys().next().value ?? 'test';
    const rendered = renderEvent(
      contract,
      tenant,
      {
        id: event.id ?? null,
        type,
        occurredAt: event.occurredAt ?? null,
        data: event.data === undefined ? contractSample(contract, type) : jsonOf(event.data),
      },
      { now: Date.now(), random: randomBytes(32) },
    );
    const { eventId, eventType, occurredAt, body, slot } = rendered;
    const partition = partitionOf(tenantId, PARTITIONS);
    const encoded = encodeEvent({
      eventId,
      eventType,
      tenantId,
      contract: contract.id,
      occurredAt,
      acceptedAt: Date.now(),
      controlPosition: event.controlPosition ?? this.control.position,
      slot,
      body,
    });
    const [appended] = await this.log.append([{ topic: 'events', partition, ...encoded }]);
    return { eventId, partition, offset: appended?.offset ?? -1 };
  }

  /** Asks for a chain outside the first attempt, as admin and policies do. */
  async ask(ref: Omit<DeliveryRef, 'chain'>, body: Uint8Array): Promise<number> {
    const { tenantId, endpointId, deliveryId } = ref;
    const askedBy = ref.askedBy === 'test' ? 'test' : 'replay';
    const { offset } = await this.writer.fact(
      { type: 'delivery.asked', askedBy, tenantId, endpointId, deliveryId, at: Date.now() },
      'test',
    );
    const chain = offset ?? 0;
    const partition = partitionOf(tenantId, PARTITIONS);
    await this.log.append([
      { topic: 'deliveries', partition, ...encodeAsked({ ref: { ...ref, chain }, body }) },
    ]);
    return chain;
  }

  async outcomeRecords(): Promise<OutcomeRecord[]> {
    const found: OutcomeRecord[] = [];
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      for await (const slice of this.log.read('outcomes', partition, 0)) {
        for (const record of slice) {
          const decoded = decodeOutcome(record);
          if (decoded.ok) found.push(decoded.value);
        }
      }
    }
    return found;
  }

  async outcomes(): Promise<Outcome[]> {
    const records = await this.outcomeRecords();
    return records.flatMap((record) => (record.kind === 'outcome' ? [record.outcome] : []));
  }
}
