import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import { topics, type TopicSpec } from '../topics.ts';
import { patiently } from './patience.ts';
import type { TopicNames } from './topic-names.ts';
import { satisfies, settingsOf } from './topic-settings.ts';

/** Creates the topics of the registry, and compares those that are there with it. Never changes one. */
export class TopicKeeper {
  readonly #kafka: Kafka;
  readonly #names: TopicNames;
  readonly #bootstrap: string;
  readonly #signal: AbortSignal;

  constructor(kafka: Kafka, names: TopicNames, brokers: readonly string[], signal: AbortSignal) {
    this.#kafka = kafka;
    this.#names = names;
    this.#bootstrap = brokers.join(',');
    this.#signal = signal;
  }

  async ensure(partitions: number): Promise<void> {
    const admin = this.#kafka.admin({ retry: { retries: 2 } });
    try {
      await patiently(() => admin.connect(), this.#signal);
      await patiently(() => this.#create(admin, partitions), this.#signal);
      await patiently(() => this.#check(admin, partitions), this.#signal);
    } finally {
      await admin.disconnect().catch(() => {});
    }
  }

  async #create(admin: Admin, partitions: number): Promise<void> {
    const [existing, cluster] = await Promise.all([admin.listTopics(), admin.describeCluster()]);
    const missing = topics.filter((spec) => !existing.includes(this.#names.of(spec.name)));
    if (missing.length === 0) return;
    const replicationFactor = Math.min(3, cluster.brokers.length);
    await admin.createTopics({
      // Another process may be creating them, too: its leaders are as good.
      waitForLeaders: true,
      topics: missing.map((spec) => ({
        topic: this.#names.of(spec.name),
        numPartitions: countOf(spec, partitions),
        replicationFactor,
        configEntries: [
          ...[...settingsOf(spec)].map(([name, value]) => ({ name, value })),
          ...(replicationFactor === 3 ? [{ name: 'min.insync.replicas', value: '2' }] : []),
        ],
      })),
    });
  }

  async #check(admin: Admin, partitions: number): Promise<void> {
    const all = topics.map((spec) => this.#names.of(spec.name));
    const metadata = await admin.fetchTopicMetadata({ topics: all });
    const counts = new Map(metadata.topics.map(({ name, partitions: found }) => [name, found.length]));
    const configs = await admin.describeConfigs({
      includeSynonyms: false,
      resources: all.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
    });
    const found = new Map(
      configs.resources.map(({ resourceName, configEntries }) => [
        resourceName,
        new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
    const wrong = topics.flatMap((spec) => {
      const name = this.#names.of(spec.name);
      return [
        ...this.#wrongCount(name, counts.get(name) ?? 0, countOf(spec, partitions)),
        ...this.#wrongSettings(name, spec, found.get(name) ?? new Map()),
      ];
    });
    if (wrong.length > 0) throw new LogError('topic_mismatch', wrong.join('\n'));
  }

  #wrongCount(name: string, found: number, wanted: number): readonly string[] {
    if (found === wanted) return [];
    const mend =
      found < wanted
        ? `ask for ${found}, or, while nothing is waiting in it: kafka-topics.sh --bootstrap-server ${this.#bootstrap} --alter --topic ${name} --partitions ${wanted}`
        : `Kafka cannot take partitions away: ask for ${found}`;
    return [`topic ${name} has ${found} partitions, ${wanted} were asked for; ${mend}`];
  }

  #wrongSettings(name: string, spec: TopicSpec, found: ReadonlyMap<string, string>): readonly string[] {
    const wrong = [...settingsOf(spec)].filter(
      ([setting, wanted]) => !satisfies(setting, wanted, found.get(setting)),
    );
    return wrong.map(
      ([setting, wanted]) =>
        `topic ${name} has ${setting}=${found.get(setting) ?? ''}, it must be ${wanted}; ` +
        `kafka-configs.sh --bootstrap-server ${this.#bootstrap} --alter --entity-type topics --entity-name ${name} --add-config ${setting}=${wanted}`,
    );
  }
}

const countOf = (spec: TopicSpec, partitions: number) => (spec.partitions === 'one' ? 1 : partitions);
