import type { Socket } from 'node:net';
import { AssignerProtocol, type Broker, type Cluster, type Kafka } from 'kafkajs';
import type { TopicName } from '../topics.ts';
import { LogError } from '../port/log-error.ts';
import type { TopicNames } from './topic-names.ts';

export interface JoinAnswer {
  readonly generationId: number;
  readonly leaderId: string;
  readonly memberId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

/** The calls of the group protocol that kafkajs' brokers answer, but its types leave out. */
export interface Coordinator extends Broker {
  readonly nodeId: number;
  joinGroup(request: {
    readonly groupId: string;
    readonly sessionTimeout: number;
    readonly rebalanceTimeout: number;
    readonly memberId: string;
    readonly groupProtocols: readonly { readonly name: string; readonly metadata: Buffer }[];
  }): Promise<JoinAnswer>;
  syncGroup(request: {
    readonly groupId: string;
    readonly generationId: number;
    readonly memberId: string;
    readonly groupAssignment: readonly { readonly memberId: string; readonly memberAssignment: Buffer }[];
  }): Promise<{ readonly memberAssignment: Buffer }>;
  heartbeat(request: {
    readonly groupId: string;
    readonly groupGenerationId: number;
    readonly memberId: string;
  }): Promise<unknown>;
  leaveGroup(request: { readonly groupId: string; readonly memberId: string }): Promise<unknown>;
}

const calls = ['joinGroup', 'syncGroup', 'heartbeat', 'leaveGroup'] as const;

/** Another kafkajs than the one this was written for must fail with a word, not somewhere in the middle. */
export function asCoordinator(broker: Broker): Coordinator {
  const missing = calls.filter((call) => typeof Reflect.get(broker, call) !== 'function');
  if (missing.length > 0) {
    throw new LogError('log_closed', `this kafkajs has no ${missing.join(', ')}; install kafkajs 2.2.4`);
  }
  return broker as Coordinator;
}

interface Pooled {
  readonly connectionPool?: { readonly pool?: readonly { readonly socket?: Socket | null }[] };
}

/**
 * Ends the broker's connections at once: kafkajs itself keeps one that gives no answers, and waits for them before it
 * lets go. Everything still asked there is refused as a lost connection; the next request connects anew.
 */
export function cut(broker: Broker): void {
  const connections = (broker as Pooled).connectionPool?.pool ?? [];
  for (const { socket } of connections) socket?.destroy(new Error('no answer in time'));
}

/**
 * kafkajs' protocol level: connections, metadata and typed requests, without its consumer and producer, whose loops
 * lose acknowledged records, block partitions behind each other and cannot read without a group. It gives a cluster to
 * whoever assigns partitions; that is the one public way to get it. Each has connections of its own, so that a long
 * poll holds up nobody else.
 */
export function openCluster(kafka: Kafka): Cluster {
  let found: Cluster | undefined;
  kafka.consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        found = cluster;
        return {
          name: 'none',
          version: 0,
          assign: () => Promise.resolve([]),
          protocol: ({ topics }) => ({
            name: 'none',
            metadata: AssignerProtocol.MemberMetadata.encode({
              version: 0,
              topics,
              userData: Buffer.alloc(0),
            }),
          }),
        };
      },
    ],
  });
  if (found === undefined)
    throw new LogError('log_closed', 'this kafkajs gives no cluster; install kafkajs 2.2.4');
  return found;
}

/** Connects where needed, and gives the number of partitions that the topic has. */
export async function partitionsOf(cluster: Cluster, names: TopicNames, topic: TopicName): Promise<number> {
  await cluster.connect();
  await cluster.addMultipleTargetTopics([names.of(topic)]);
  const count = (): number => cluster.findTopicPartitionMetadata(names.of(topic)).length;
  // Where the first asking failed on its way, kafkajs takes the topic for known, and asks no more.
  if (count() === 0) await cluster.refreshMetadata();
  if (count() === 0) throw names.unknown(topic);
  names.saw(topic);
  return count();
}

/** Undefined: nobody leads it at the moment, as far as is known. */
export function leaderOf(cluster: Cluster, name: string, partition: number): string | undefined {
  try {
    const found = cluster.findTopicPartitionMetadata(name).find((one) => one.partitionId === partition);
    return found === undefined || found.leader < 0 ? undefined : String(found.leader);
  } catch {
    // Nothing is known of the cluster yet, or any more.
    return undefined;
  }
}
