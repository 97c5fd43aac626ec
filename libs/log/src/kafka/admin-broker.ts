import type { Broker, Cluster, DescribeConfigResponse, ITopicConfig, ResourceConfigQuery } from 'kafkajs';
import { LogError } from '../port/log-error.ts';

/** The administrator's calls that kafkajs' brokers answer, but its types leave out. */
export interface AdminBroker extends Broker {
  createTopics(request: {
    readonly topics: readonly ITopicConfig[];
    readonly timeout: number;
  }): Promise<unknown>;
  describeConfigs(request: {
    readonly resources: readonly ResourceConfigQuery[];
  }): Promise<DescribeConfigResponse>;
  findGroupCoordinator(request: {
    readonly groupId: string;
    readonly coordinatorType: number;
  }): Promise<unknown>;
}

const calls = ['createTopics', 'describeConfigs', 'findGroupCoordinator'] as const;

/**
 * Any broker that answers: all take these requests, and pass on what is for the controller. kafkajs' admin asks for the
 * metadata of every topic first, and fails where one of a stranger has no leader.
 */
export async function adminBroker(cluster: Cluster): Promise<AdminBroker> {
  await cluster.connect();
  const pool: unknown = Reflect.get(cluster, 'brokerPool');
  const find: unknown = typeof pool === 'object' && pool !== null && Reflect.get(pool, 'findConnectedBroker');
  if (typeof find !== 'function') throw tooOther('findConnectedBroker');
  const broker = (await Reflect.apply(find, pool, [])) as Broker;
  const missing = calls.filter((call) => typeof Reflect.get(broker, call) !== 'function');
  if (missing.length > 0) throw tooOther(missing.join(', '));
  return broker as AdminBroker;
}

const tooOther = (missing: string) =>
  new LogError('log_closed', `this kafkajs has no ${missing}; install kafkajs 2.2.4`);
