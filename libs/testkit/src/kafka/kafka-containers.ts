import { randomBytes } from 'node:crypto';
import type { StartedNetwork, StartedTestContainer } from 'testcontainers';
import { eventually } from '../eventually.ts';
import type { BrokerPlan } from './broker-properties.ts';
import { aliasOf, containerEnvironment, kafkaImage } from './container-properties.ts';
import { freePorts } from './free-ports.ts';
import { liveBrokersSeenBy } from './metadata-probe.ts';

export interface KafkaContainersOptions {
  /** Default 1; three as in a {@link KafkaCluster}. */
  readonly brokers?: 1 | 3;
  readonly properties?: Readonly<Record<string, string>>;
}

const startWithinMs = 120_000;

/** The cluster of {@link KafkaCluster}, as containers of Apache's own image: where an engine is there to run them. */
export class KafkaContainers {
  readonly #host: string;
  readonly #plans: readonly BrokerPlan[];
  readonly #containers = new Map<number, StartedTestContainer>();
  readonly #network: StartedNetwork;

  private constructor(host: string, plans: readonly BrokerPlan[], network: StartedNetwork) {
    this.#host = host;
    this.#plans = plans;
    this.#network = network;
  }

  /** Resolves once every broker sees all the others. The image is fetched where it is not there yet. */
  static async start({ brokers = 1, properties }: KafkaContainersOptions = {}): Promise<KafkaContainers> {
    // Only here: it reads the engine's configuration as it loads, and wants a newer Node than the engine of the product.
    const { GenericContainer, getContainerRuntimeClient, Network } = await import('testcontainers');
    const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
    const ports = await freePorts(brokers);
    const plans = ports.map((port, at): BrokerPlan => ({
      nodeId: at + 1,
      port,
      controllerPort: 0,
      folder: '',
    }));
    const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
    const cluster = new KafkaContainers(host, plans, await new Network().start());
    try {
      // All at once: a broker is ready when its controllers agree.
      await Promise.all(
        plans.map(async (plan) => {
          const container = await new GenericContainer(kafkaImage)
            .withNetwork(cluster.#network)
            .withNetworkAliases(aliasOf(plan.nodeId))
            .withExposedPorts({ container: plan.port, host: plan.port })
            .withEnvironment(containerEnvironment(plan, plans, { host, clusterId }, properties))
            .withStartupTimeout(startWithinMs)
            .start();
          cluster.#containers.set(plan.nodeId, container);
        }),
      );
      await Promise.all(plans.map((plan) => cluster.#ready(plan, brokers)));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Bootstrap addresses, broker 1 first. */
  get brokers(): string[] {
    return this.#plans.map(({ port }) => `${this.#host}:${port}`);
  }

  /** `kill -9` of broker `nodeId` (from 1); its data stays. */
  async kill(nodeId: number): Promise<void> {
    const { container } = await this.#engine(nodeId);
    await container.kill();
  }

  /** SIGTERM to broker `nodeId` (from 1); resolves when it has ended. */
  async shutDown(nodeId: number): Promise<void> {
    const { container } = await this.#engine(nodeId);
    await container.stop();
  }

  /** Broker `nodeId` (from 1) hangs, until thawed. */
  async freeze(nodeId: number): Promise<void> {
    const { container } = await this.#engine(nodeId);
    await container.pause();
  }

  async thaw(nodeId: number): Promise<void> {
    const { container } = await this.#engine(nodeId);
    await container.unpause();
  }

  /** Starts broker `nodeId` (from 1) again, on its port and data; ready when this resolves. */
  async restart(nodeId: number): Promise<void> {
    const { container, plan } = await this.#engine(nodeId);
    if ((await container.inspect()).State.Running) await container.kill();
    await container.start();
    // Itself, at least: others may be down.
    await this.#ready(plan, 1);
  }

  async stop(): Promise<void> {
    const running = [...this.#containers.values()];
    this.#containers.clear();
    await Promise.all(running.map((container) => container.stop({ timeout: 0 })));
    await this.#network.stop();
  }

  async #engine(nodeId: number) {
    const started = this.#containers.get(nodeId);
    const plan = this.#plans.find((one) => one.nodeId === nodeId);
    if (started === undefined || plan === undefined) {
      throw new Error(`no broker ${nodeId}: this cluster has 1 to ${this.#plans.length}`);
    }
    const { getContainerRuntimeClient } = await import('testcontainers');
    const client = await getContainerRuntimeClient();
    return { plan, container: client.container.getById(started.getId()) };
  }

  async #ready({ nodeId, port }: BrokerPlan, expected: number): Promise<void> {
    await eventually(async () => {
      const seen = await liveBrokersSeenBy(port, 1_000, this.#host);
      if (seen < expected) throw new Error(`broker ${nodeId} sees ${seen} of ${expected} brokers`);
    }, startWithinMs);
  }
}
