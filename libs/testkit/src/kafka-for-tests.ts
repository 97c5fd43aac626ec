import { KafkaContainers } from './kafka/kafka-containers.ts';
import { chooseKafkaSource } from './kafka/kafka-source.ts';
import { KafkaCluster, type KafkaClusterOptions } from './kafka/kafka-cluster.ts';

export interface KafkaForTests {
  /** Bootstrap addresses, `host:port`. */
  readonly brokers: string[];
  /** Ends the brokers and removes their data; leaves a cluster named by KAFKA_BROKERS alone. */
  stop(): Promise<void>;
  /** `kill -9` of one broker, by node id from 1. Refused for a cluster named by KAFKA_BROKERS. */
  kill(nodeId: number): Promise<void>;
  /** SIGTERM to one broker; resolves when it has ended. Refused for a cluster named by KAFKA_BROKERS. */
  shutDown(nodeId: number): Promise<void>;
  /** One broker hangs, until thawed: it answers nothing and closes nothing. Refused for a cluster named by KAFKA_BROKERS. */
  freeze(nodeId: number): Promise<void>;
  thaw(nodeId: number): Promise<void>;
  /** The same broker again, on its port and data. Refused for a cluster named by KAFKA_BROKERS. */
  restart(nodeId: number): Promise<void>;
}

export type KafkaForTestsOptions = Pick<KafkaClusterOptions, 'brokers' | 'properties'>;

/**
 * A real Kafka: the cluster KAFKA_BROKERS names (comma-separated), else one of its own, as containers where an engine
 * answers, else from Maven's jars in about 3 s. Properties that differ by broker (listeners) are for jars alone.
 * Call stop() in an afterAll inside a describe: one outside runs only after the suite was checked for leaks.
 * It may be shared, so tests keep apart by topic prefix and group name. Throws where there is neither: a test that needs
 * a broker fails loudly instead of passing unseen.
 */
export async function startKafka(
  options: KafkaForTestsOptions = {},
  environment: NodeJS.ProcessEnv = process.env,
): Promise<KafkaForTests> {
  const named = (environment['KAFKA_BROKERS'] ?? '').split(',').flatMap((part) => part.trim() || []);
  if (named.length === 0) return startOwn(options, environment);
  const refuse = (verb: string) => async (nodeId: number) => {
    throw new Error(
      `broker ${nodeId} is not ours to ${verb}: KAFKA_BROKERS names it; unset that for this test`,
    );
  };
  return {
    brokers: named,
    stop: async () => {},
    kill: refuse('kill'),
    restart: refuse('restart'),
    shutDown: refuse('shut down'),
    freeze: refuse('freeze'),
    thaw: refuse('thaw'),
  };
}

async function startOwn(
  { brokers, properties }: KafkaForTestsOptions,
  environment: NodeJS.ProcessEnv,
): Promise<KafkaForTests> {
  const many = brokers === undefined ? {} : { brokers };
  const isOfEach = typeof properties === 'function';
  const options = { ...many, ...(properties === undefined ? {} : { properties }) };
  if ((await chooseKafkaSource(environment, isOfEach)) === 'jars' || isOfEach)
    return KafkaCluster.start(options);
  return KafkaContainers.start({ ...many, ...(properties === undefined ? {} : { properties }) });
}
