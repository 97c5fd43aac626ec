import kafkajs, { type BrokerMetadata, type Cluster, type Kafka } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import { topics } from '../topics.ts';
import type { Actor } from './actor.ts';
import { adminBroker, type AdminBroker } from './admin-broker.ts';
import { openCluster } from './cluster.ts';
import type { Asked } from './missing-right.ts';
import { patiently } from './patience.ts';
import { rootOf, toStartError, typeOf } from './to-log-error.ts';
import { riskyIn, wrongWith, type FoundTopic } from './topic-check.ts';
import { countOf, durabilityOf, topicCommands } from './topic-commands.ts';
import type { TopicNames } from './topic-names.ts';
import { settingsOf } from './topic-settings.ts';

const CREATE_MS = 15_000;

type Metadata = BrokerMetadata['topicMetadata'][number];

/**
 * Creates the topics of the registry, and compares those that are there with it. Never changes one. Where all are there,
 * the rights to Describe and DescribeConfigs are enough.
 */
export class TopicKeeper {
  readonly #kafka: Kafka;
  readonly #names: TopicNames;
  readonly #actor: Actor;
  readonly #signal: AbortSignal;

  constructor(kafka: Kafka, names: TopicNames, actor: Actor, signal: AbortSignal) {
    this.#kafka = kafka;
    this.#names = names;
    this.#actor = actor;
    this.#signal = signal;
  }

  /**
   * Resolves with what should be mended although it works. Rejects with `topic_mismatch` where a topic differs, with
   * `log_closed` where a right is missing.
   */
  async ensure(partitions: number): Promise<readonly string[]> {
    const cluster = openCluster(this.#kafka);
    const patient = <T>(work: (broker: AdminBroker) => Promise<T>): Promise<T> =>
      patiently(async () => work(await this.#connect(cluster)), this.#signal);
    try {
      await patient((broker) => this.#create(broker, partitions));
      return await patient((broker) => this.#check(broker, partitions));
    } finally {
      await cluster.disconnect().catch(() => {});
    }
  }

  async #connect(cluster: Cluster): Promise<AdminBroker> {
    try {
      return await adminBroker(cluster);
    } catch (error) {
      throw toStartError(error, { actor: this.#actor });
    }
  }

  async #create(broker: AdminBroker, partitions: number): Promise<void> {
    const found = await this.#each('Describe', (name) => this.#metadata(broker, name));
    const missing = topics.filter((spec) => found.get(this.#names.of(spec.name)) === undefined);
    if (missing.length === 0) return;
    const names = missing.map((spec) => this.#names.of(spec.name));
    const { brokers } = await broker.metadata([]);
    const replicationFactor = Math.min(3, brokers.length);
    try {
      await broker.createTopics({
        timeout: CREATE_MS,
        topics: missing.map((spec) => ({
          topic: this.#names.of(spec.name),
          numPartitions: countOf(spec, partitions),
          replicationFactor,
          configEntries: [...settingsOf(spec), ...durabilityOf(replicationFactor)].map(([name, value]) => ({
            name,
            value,
          })),
        })),
      });
    } catch (error) {
      // Another process may be creating them, too: its topics are as good, and all are looked at next.
      const others = refusalsOf(error).filter((one) => typeOf(one) !== 'TOPIC_ALREADY_EXISTS');
      if (others[0] !== undefined) throw this.#mayNotCreate(others[0], names, partitions, replicationFactor);
    }
  }

  #mayNotCreate(error: unknown, names: readonly string[], partitions: number, replication: number): LogError {
    const refused = this.#refused(error, { operation: 'Create', on: 'topic', names });
    if (refused.retryable || typeOf(error)?.endsWith('_AUTHORIZATION_FAILED') !== true) return refused;
    const lines = topicCommands(this.#names.prefix, partitions, replication, this.#actor.bootstrap);
    const own = lines.filter((line) => names.some((name) => line.includes(`--topic ${name} `)));
    return new LogError('log_closed', `${refused.message}\nOr create them beforehand:\n${own.join('\n')}`, {
      cause: error,
    });
  }

  async #check(broker: AdminBroker, partitions: number): Promise<readonly string[]> {
    const [metadata, settings] = await Promise.all([
      this.#each('Describe', (name) => this.#created(broker, name)),
      this.#each('DescribeConfigs', (name) => settingsIn(broker, name)),
    ]);
    const brokers = (await broker.metadata(topics.slice(0, 1).map(({ name }) => this.#names.of(name))))
      .brokers.length;
    const found = topics.map((spec): { spec: (typeof topics)[number]; topic: FoundTopic } => {
      const name = this.#names.of(spec.name);
      const replicas = metadata.get(name)?.partitionMetadata.map((one) => one.replicas.length) ?? [];
      return {
        spec,
        topic: {
          name,
          partitions: replicas.length,
          replication: Math.min(...replicas),
          settings: settings.get(name) ?? new Map(),
        },
      };
    });
    const { bootstrap } = this.#actor;
    const wrong = found.flatMap(({ spec, topic }) =>
      wrongWith(topic, spec, countOf(spec, partitions), bootstrap),
    );
    if (wrong.length > 0) throw new LogError('topic_mismatch', wrong.join('\n'));
    for (const { name } of topics) this.#names.saw(name);
    return found.flatMap(({ topic }) => riskyIn(topic, brokers, bootstrap));
  }

  /** Undefined: there is no such topic. */
  async #metadata(broker: AdminBroker, name: string): Promise<Metadata | undefined> {
    try {
      return (await broker.metadata([name])).topicMetadata[0];
    } catch (error) {
      if (typeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
      throw error;
    }
  }

  /** A broker may hear of a topic after the one that was asked to create it: then it is early, not wrong. */
  async #created(broker: AdminBroker, name: string): Promise<Metadata> {
    const found = await this.#metadata(broker, name);
    if (found === undefined) throw new LogError('log_unavailable', `topic ${name} is not there yet`);
    return found;
  }

  /** Each topic by itself: an answer for many says that one was refused, not which. All that were are told at once. */
  async #each<T>(
    operation: Asked['operation'],
    ask: (name: string) => Promise<T>,
  ): Promise<ReadonlyMap<string, T>> {
    const names = topics.map((spec) => this.#names.of(spec.name));
    const answers = await Promise.allSettled(names.map(ask));
    const refused = names.flatMap((name, at) => {
      const answer = answers[at];
      return answer?.status === 'rejected' ? [{ name, error: answer.reason as unknown }] : [];
    });
    const forbidden = refused.filter(({ error }) => typeOf(error) === 'TOPIC_AUTHORIZATION_FAILED');
    const first = forbidden[0] ?? refused[0];
    if (first !== undefined) {
      throw this.#refused(first.error, { operation, on: 'topic', names: forbidden.map(({ name }) => name) });
    }
    return new Map(
      names.flatMap((name, at) => {
        const answer = answers[at];
        return answer?.status === 'fulfilled' ? [[name, answer.value] as const] : [];
      }),
    );
  }

  #refused(error: unknown, asked: Asked): LogError {
    return toStartError(error, { actor: this.#actor, asked: [asked] });
  }
}

async function settingsIn(broker: AdminBroker, name: string): Promise<ReadonlyMap<string, string>> {
  const { resources } = await broker.describeConfigs({
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  });
  return new Map(
    resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue] as const) ??
      [],
  );
}

/** kafkajs gathers what each topic was refused for. */
function refusalsOf(error: unknown): readonly unknown[] {
  const errors: unknown = error instanceof Error ? Reflect.get(error, 'errors') : undefined;
  return Array.isArray(errors) ? errors : [rootOf(error)];
}
