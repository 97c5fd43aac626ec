import { randomBytes, randomUUID } from 'node:crypto';
import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { loadContracts, shippedContractsDirectory } from '#contracts';
import { FollowedControl } from '#control';
import {
  decodeQuarantined,
  encodeControl,
  MemoryLog,
  MemoryStore,
  type EventRecord,
  type Log,
  type QuarantinedRecord,
} from '#log';
import { createLogger, createMetrics, systemClock } from '#platform';
import { createIngestion, type Ingestion } from '../../create-ingestion.ts';
import { eventsIn } from '../../testing/events-in.ts';
import { tenantCreated } from '../../testing/tenant-created.ts';
import { createUpstream, type Upstream, type UpstreamDeps } from '../create-upstream.ts';
import { parseUpstreamFile } from '../mapping/upstream-file.ts';

const PARTITIONS = 4;

export const kafkaAt = (brokers: readonly string[]): Kafka =>
  new kafkajs.Kafka({
    brokers: [...brokers],
    clientId: 'another-team',
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 5 },
  });

/** Another team: makes its topics, and writes to them with a client of its own. */
export class OtherTeam {
  readonly #kafka: Kafka;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  /** `settings`: by Kafka's names. */
  async createTopic(
    topic: string,
    partitions = 1,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const topics = [{ topic, numPartitions: partitions, configEntries }];
    await this.#administer((admin) => admin.createTopics({ topics, waitForLeaders: true }));
  }

  async growTopic(topic: string, count: number): Promise<void> {
    await this.#administer((admin) => admin.createPartitions({ topicPartitions: [{ topic, count }] }));
  }

  /** The committed position of each partition; -1: none. */
  async committed(groupId: string, topic: string): Promise<number[]> {
    const [found] = await this.#administer((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    return (found?.partitions ?? [])
      .sort((a, b) => a.partition - b.partition)
      .map(({ offset }) => Number(offset));
  }

  async write(topic: string, messages: readonly Message[]): Promise<void> {
    const producer = this.#kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    try {
      await producer.send({ topic, messages: [...messages] });
    } finally {
      await producer.disconnect();
    }
  }

  async transact(topic: string, messages: readonly Message[], end: 'commit' | 'abort'): Promise<void> {
    const transactionalId = `team-${randomUUID()}`;
    const producer = this.#kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    try {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [...messages] });
      await transaction[end]();
    } finally {
      await producer.disconnect();
    }
  }

  async #administer<T>(ask: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await ask(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

/** The log that all copies share, with tenants of several kinds. */
export class SharedLog {
  readonly store = new MemoryStore();
  readonly log: Log = new MemoryLog(this.store);

  async open(): Promise<void> {
    await this.log.ensureTopics(PARTITIONS);
    await this.addTenant('acme', 'standard-webhooks');
    await this.addTenant('watch', 'hyprwatch');
    await this.addTenant('free', 'standard-webhooks', false);
  }

  async addTenant(tenantId: string, contract: string, entitled = true, more: object = {}): Promise<void> {
    const fact = { ...tenantCreated(tenantId, contract, entitled), ...more };
    const encoded = encodeControl({ factId: randomUUID(), actor: 'test', fact });
    await this.log.append([{ topic: 'control', partition: 0, ...encoded }]);
  }

  events(): Promise<EventRecord[]> {
    return eventsIn(this.log, PARTITIONS);
  }

  async quarantined(): Promise<QuarantinedRecord[]> {
    const found: QuarantinedRecord[] = [];
    for await (const records of this.log.read('quarantine', 0, 0)) {
      for (const record of records) {
        const decoded = decodeQuarantined(record);
        if (!decoded.ok) throw new Error('a quarantined record that nobody can read');
        found.push(decoded.value);
      }
    }
    return found;
  }
}

/** One copy of the ingestion process as far as upstream goes. For tests. */
export class UpstreamCopy {
  readonly metrics = createMetrics({ process: false });
  readonly logged: string[] = [];
  readonly crashes: Error[] = [];
  readonly control = new FollowedControl();
  upstream!: Upstream;
  #ingestion!: Ingestion;

  static async start(
    shared: SharedLog,
    brokers: readonly string[],
    groupId: string,
    sources: readonly object[],
    more: Partial<UpstreamDeps> & { readonly appendWithin?: number } = {},
  ): Promise<UpstreamCopy> {
    const copy = new UpstreamCopy();
    await copy.#start(shared, brokers, groupId, sources, more);
    return copy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.upstream.stop();
    await this.#ingestion.stop();
    await this.control.stop();
  }

  async #start(
    shared: SharedLog,
    brokers: readonly string[],
    groupId: string,
    sources: readonly object[],
    { appendWithin = 300, ...more }: Partial<UpstreamDeps> & { readonly appendWithin?: number },
  ): Promise<void> {
    const { log } = shared;
    const { control, metrics } = this;
    await control.start(log, { onNewer: () => {}, onUnreadable: () => {}, onError: () => {} });
    const contracts = loadContracts([shippedContractsDirectory()]);
    const logger = createLogger({
      name: 'test',
      level: 'debug',
      destination: { write: (line) => void this.logged.push(line) },
    });
    this.#ingestion = createIngestion({
      log,
      control,
      contracts,
      partitions: PARTITIONS,
      config: { maxBodyBytes: 16_777_216, maxBytesInFlight: 67_108_864, appendWithin },
      logger,
      metrics,
      clock: systemClock,
      random: (bytes) => randomBytes(bytes),
    });
    this.upstream = createUpstream({
      kafka: kafkaAt(brokers),
      groupId,
      sources: parseUpstreamFile(JSON.stringify({ sources }), 'test'),
      acceptor: this.#ingestion.acceptor,
      control,
      contracts,
      log,
      logger,
      metrics,
      now: () => systemClock.now(),
      onCrash: (error) => void this.crashes.push(error),
      metadataMaxAgeMs: 500,
      ...more,
    });
    await this.upstream.start();
  }
}
