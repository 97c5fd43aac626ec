import { randomBytes } from 'node:crypto';
import { SecretBox } from '#control';
import { MemoryLog, MemoryStore, partitionOf } from '#log';
import type { SendRequest } from '#webhook-http';
import type { DispatcherOptions } from '../../../apps/dispatcher/src/create-dispatcher.ts';
import { DispatcherRig, PARTITIONS } from '../../support/dispatcher-rig.ts';
import { FakeSender, type Answer, type Sent } from '../../support/fake-sender.ts';
import { until } from '../../support/held-clock.ts';
import { ModelProcess } from './model-process.ts';
import { Witness } from './witness.ts';

export interface InstallationShape {
  readonly contract: string;
  /** Partition of each tenant, and for each of its endpoints what it answers, request by request; then 200. */
  readonly tenants: readonly {
    readonly partition: number;
    readonly scripts: readonly (readonly Answer[])[];
  }[];
  readonly timeScale: number;
  readonly options: DispatcherOptions;
}

const secrets = new SecretBox(new Map([['t', randomBytes(32)]]), 't');
const tenantNames = Array.from({ length: PARTITIONS }, (_, partition) =>
  Array.from({ length: 64 }, (__, n) => `tenant-${n}`).filter(
    (name) => partitionOf(name, PARTITIONS) === partition,
  ),
);

/** One log, the processes over it, the receivers, and the witness of it all. */
export class Installation {
  readonly store = new MemoryStore();
  readonly witness: Witness;
  readonly processes: ModelProcess[] = [];
  readonly published: { readonly tenant: string; readonly eventId: string }[] = [];
  readonly tenants: string[] = [];
  readonly #endpoints = new Map<string, string[]>();
  readonly #receivers = new FakeSender();
  readonly #publisher: DispatcherRig;
  readonly #shape: InstallationShape;
  readonly #urls = new Map<string, string>();

  constructor(shape: InstallationShape) {
    this.#shape = shape;
    this.store.ensureTopics(PARTITIONS);
    this.witness = new Witness(this.store, (tenant) => this.#endpoints.get(tenant) ?? []);
    this.#publisher = new DispatcherRig(new MemoryLog(this.store), { secrets });
  }

  async open(): Promise<void> {
    const onError = (error: unknown) => this.#publisher.crashes.push(new Error(String(error)));
    await this.#publisher.control.start(this.#publisher.log, {
      onNewer: onError,
      onUnreadable: onError,
      onError,
    });
    const scripts = new Map<string, readonly Answer[]>();
    for (const [n, { partition, scripts: own }] of this.#shape.tenants.entries()) {
      const tenant = await this.#publisher.tenant(this.#shape.contract, tenantNames[partition]?.[n]);
      this.tenants.push(tenant);
      const endpoints: string[] = [];
      for (const [nth, script] of own.entries()) {
        const id = await this.#publisher.endpoint(tenant, {
          id: `wh_${tenant}-${nth}`,
          url: `https://${tenant}-${nth}.example.com/`,
        });
        endpoints.push(id);
        scripts.set(this.#publisher.url(id), script);
        this.#urls.set(this.#publisher.url(id), id);
      }
      this.#endpoints.set(tenant, endpoints);
    }
    this.#receivers.answer = ({ url }: Sent, nth: number) => scripts.get(url)?.[nth] ?? 200;
  }

  async publish(tenant: string, id?: string): Promise<void> {
    const { eventId } = await this.#publisher.publish(tenant, id === undefined ? {} : { id });
    this.witness.published();
    this.published.push({ tenant, eventId });
  }

  /** The n-th of those that nobody has asked to stop. */
  alive(n: number): ModelProcess | undefined {
    const alive = this.processes.filter(({ isAlive }) => isAlive);
    return alive[n % Math.max(1, alive.length)];
  }

  get running(): readonly ModelProcess[] {
    return this.processes.filter(({ isGone }) => !isGone);
  }

  async join(): Promise<void> {
    const { options, timeScale } = this.#shape;
    const process = new ModelProcess(this.processes.length, {
      store: this.store,
      secrets,
      timeScale,
      options,
      receivers: this.#receivers,
      onWritten: (by, places) => this.witness.written(by, places),
      onCommitted: (topic, partition) => this.witness.committed(topic, partition),
      onPost: (by, request) => this.#posted(by, request),
    });
    this.processes.push(process);
    await process.start();
  }

  async close(): Promise<void> {
    for (const process of this.running) process.heal(0);
    for (const process of this.running) await until(process.stop());
    await this.#publisher.control.stop();
  }

  #posted(by: ModelProcess, { target, headers }: SendRequest): void {
    const endpoint = this.#urls.get(target.origin + target.path) ?? '';
    this.witness.posted(by, this.processes, headers['webhook-id'] ?? '', endpoint);
  }
}
