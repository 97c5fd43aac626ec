import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../eventually.ts';
import { BrokerProcess } from './broker-process.ts';
import { asPropertiesFile, brokerProperties, type BrokerPlan } from './broker-properties.ts';
import { freePorts, isFree } from './free-ports.ts';
import { prepareRuntime, type KafkaRuntime } from './kafka-runtime.ts';
import { liveBrokersSeenBy } from './metadata-probe.ts';

export interface KafkaClusterOptions {
  /** Default 1. Three keep three replicas of everything, two of them in sync before an append counts. */
  readonly brokers?: 1 | 3;
  /** The first broker's port, the next ones follow. Default: free ones. */
  readonly port?: number;
  /** Kept at the end, and used again if it holds a cluster. Default: a temporary folder, removed at the end. */
  readonly dataFolder?: string;
  /**
   * Broker settings that win over those of the cluster, by Kafka's names. A function where they depend on the broker, as
   * a further listener does; PLAINTEXT at its port must stay, since readiness is asked there.
   */
  readonly properties?: BrokerSettings | ((broker: BrokerPlan) => BrokerSettings);
  /** Who may come in by SCRAM, both kinds: stored while the data folder is formatted. */
  readonly scramUsers?: readonly KafkaUser[];
  /** For figures: the JVM compiles with all it has. Tests are over before that pays. */
  readonly isMeasured?: boolean;
  /** Told before the jars are fetched, once per machine. */
  readonly onFetch?: () => void;
  /** Gives up the start: nothing is left behind, and start() throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface KafkaUser {
  readonly name: string;
  /** Without commas, brackets and quotes, which mean something to Kafka's tools. */
  readonly password: string;
}

type BrokerSettings = Readonly<Record<string, string>>;

const startWithinMs = 60_000;
// Enough to write the archive of classes too.
const graceMs = 20_000;

/** A real Apache Kafka on 127.0.0.1, without a container engine: one or three brokers in KRaft's combined mode. */
export class KafkaCluster {
  readonly dataFolder: string;
  readonly #keep: boolean;
  readonly #plans: readonly BrokerPlan[];
  readonly #runtime: KafkaRuntime;
  readonly #processes = new Map<number, BrokerProcess>();
  readonly #died: Promise<Error>;
  #tellDeath: (error: Error) => void = () => {};

  private constructor(
    at: { runtime: KafkaRuntime; dataFolder: string; keep: boolean },
    plans: readonly BrokerPlan[],
  ) {
    this.dataFolder = at.dataFolder;
    this.#keep = at.keep;
    this.#runtime = at.runtime;
    this.#plans = plans;
    this.#died = new Promise((tell) => (this.#tellDeath = tell));
  }

  /**
   * Resolves once every broker sees all the others: about 3 s for one broker, 7 s for three, on two cores.
   * Throws, with nothing left behind, where Java or Maven is missing, a port is taken, or a broker does not come up.
   */
  static async start(options: KafkaClusterOptions = {}): Promise<KafkaCluster> {
    const runtime = await prepareRuntime(options, async (untrained) => {
      // Orderly to the end: that is when the JVM writes down what it learned.
      const dataFolder = await mkdtemp(join(tmpdir(), 'hyperhook-kafka-'));
      const trainee = await KafkaCluster.#startOn(untrained, {
        dataFolder,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      await trainee.stop();
      await rm(dataFolder, { recursive: true, force: true });
    });
    return KafkaCluster.#startOn(runtime, options);
  }

  static async #startOn(runtime: KafkaRuntime, options: KafkaClusterOptions): Promise<KafkaCluster> {
    const ports = await portsFor(options.brokers ?? 1, options.port);
    const keep = options.dataFolder !== undefined;
    const dataFolder = keep ? resolve(options.dataFolder) : await mkdtemp(join(tmpdir(), 'hyperhook-kafka-'));
    const plans = ports.map((port, at): BrokerPlan => ({
      ...port,
      nodeId: at + 1,
      folder: join(dataFolder, `broker-${at + 1}`),
    }));
    const cluster = new KafkaCluster({ runtime, dataFolder, keep }, plans);
    try {
      await cluster.#format(options);
      await Promise.all(plans.map((plan) => cluster.#startBroker(plan, plans.length, options.signal)));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Bootstrap addresses, broker 1 first. */
  get brokers(): string[] {
    return this.#plans.map(({ port }) => `127.0.0.1:${port}`);
  }

  /** Resolves when a broker ends that nobody stopped or killed. */
  get died(): Promise<Error> {
    return this.#died;
  }

  /** `kill -9` of broker `nodeId` (from 1); its data stays. */
  async kill(nodeId: number): Promise<void> {
    const broker = this.#processes.get(this.#plan(nodeId).nodeId);
    this.#processes.delete(nodeId);
    await broker?.kill();
  }

  /** SIGTERM to broker `nodeId` (from 1), which says goodbye as far as it can; resolves when it has ended. */
  async shutDown(nodeId: number): Promise<void> {
    const broker = this.#processes.get(this.#plan(nodeId).nodeId);
    this.#processes.delete(nodeId);
    await broker?.stop(graceMs);
  }

  /** Broker `nodeId` (from 1) hangs: it answers nothing and closes nothing. */
  async freeze(nodeId: number): Promise<void> {
    this.#processes.get(this.#plan(nodeId).nodeId)?.signal('SIGSTOP');
  }

  /** Goes on where it was frozen. */
  async thaw(nodeId: number): Promise<void> {
    this.#processes.get(this.#plan(nodeId).nodeId)?.signal('SIGCONT');
  }

  /** Starts broker `nodeId` (from 1) again, on its port and data, killing it first if it runs; ready when this resolves. */
  async restart(nodeId: number): Promise<void> {
    await this.kill(nodeId);
    await this.#startBroker(this.#plan(nodeId), this.#processes.size + 1);
  }

  /** Ends every process it started. Twice does no harm. */
  async stop(): Promise<void> {
    const running = [...this.#processes.values()];
    this.#processes.clear();
    // Data about to be removed needs no orderly end.
    await Promise.all(running.map((broker) => (this.#keep ? broker.stop(graceMs) : broker.kill())));
    if (!this.#keep) await rm(this.dataFolder, { recursive: true, force: true });
  }

  #plan(nodeId: number): BrokerPlan {
    const plan = this.#plans.find((one) => one.nodeId === nodeId);
    if (plan === undefined)
      throw new Error(`no broker ${nodeId}: this cluster has 1 to ${this.#plans.length}`);
    return plan;
  }

  async #format({ properties, scramUsers = [], signal }: KafkaClusterOptions): Promise<void> {
    await mkdir(this.dataFolder, { recursive: true });
    const clusterId = clusterIn(this.dataFolder, this.#plans.length) ?? newClusterId();
    await writeFile(join(this.dataFolder, 'log4j2.properties'), logging);
    await Promise.all(
      this.#plans.map(async (plan) => {
        const file = this.#file(plan, 'properties');
        const settings = typeof properties === 'function' ? properties(plan) : properties;
        await writeFile(file, asPropertiesFile(brokerProperties(plan, this.#plans, settings)));
        if (existsSync(join(plan.folder, 'meta.properties'))) return;
        const format = ['format', '-t', clusterId, '-c', file, ...scramUsers.flatMap(asScram)];
        const { java, flags } = this.#runtime;
        // An archive is of what a broker loads; the tool must not write one of its own.
        const own = flags.filter((flag) => !flag.startsWith('-XX:ArchiveClassesAtExit'));
        await promisify(execFile)(java, [...own, 'kafka.tools.StorageTool', ...format], { signal });
      }),
    );
  }

  async #startBroker(plan: BrokerPlan, expected: number, signal?: AbortSignal): Promise<void> {
    const broker = new BrokerProcess({
      java: this.#runtime.java,
      jvmFlags: [
        `-Dlog4j2.configurationFile=${join(this.dataFolder, 'log4j2.properties')}`,
        ...this.#runtime.flags,
      ],
      mainClass: 'kafka.Kafka',
      args: [this.#file(plan, 'properties')],
      logFile: this.#file(plan, 'log'),
    });
    this.#processes.set(plan.nodeId, broker);
    const ended = broker.exited.then((how) => {
      const error = new Error(
        `Kafka broker ${plan.nodeId} ended (${how}); it said last:\n${broker.lastWords}`,
      );
      if (this.#processes.get(plan.nodeId) === broker) this.#tellDeath(error);
      return error;
    });
    await eventually(async () => {
      if (!broker.running || signal?.aborted === true) return;
      const seen = await liveBrokersSeenBy(plan.port);
      if (seen < expected) throw new Error(`broker ${plan.nodeId} sees ${seen} of ${expected} brokers`);
    }, startWithinMs).catch((error: unknown) => {
      throw new Error(`Kafka broker ${plan.nodeId} is not ready; it said last:\n${broker.lastWords}`, {
        cause: error,
      });
    });
    signal?.throwIfAborted();
    if (!broker.running) throw await ended;
  }

  #file(plan: BrokerPlan, suffix: 'log' | 'properties'): string {
    return join(this.dataFolder, `broker-${plan.nodeId}.${suffix}`);
  }
}

const logging = `appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %c{1}: %m%n
rootLogger.level = INFO
rootLogger.appenderRef.out.ref = out
`;

const asScram = ({ name, password }: KafkaUser): string[] =>
  ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${name},password=${password}]`,
  ]);

async function portsFor(count: number, first?: number): Promise<{ port: number; controllerPort: number }[]> {
  const free = await freePorts(2 * count);
  const ports = Array.from({ length: count }, (_, at) => ({
    port: first === undefined ? (free[at] ?? 0) : first + at,
    controllerPort: free[count + at] ?? 0,
  }));
  for (const { port } of ports) {
    if (!(await isFree(port))) throw new Error(`port ${port} of 127.0.0.1 is taken; name another or none`);
  }
  return ports;
}

/** The id of the cluster that lives in `folder`, if one does. */
function clusterIn(folder: string, brokers: number): string | undefined {
  const there = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'meta.properties')));
  if (there.length === 0) return undefined;
  if (there.length !== brokers) {
    throw new Error(
      `${folder} holds a cluster of ${there.length}, not ${brokers}; start as many, or name another`,
    );
  }
  const meta = readFileSync(join(folder, there[0] ?? '', 'meta.properties'), 'utf8');
  return /^cluster\.id=(.+)$/m.exec(meta)?.[1];
}

/** As Kafka's own: 16 bytes in base64url, never like an option of the command line. */
function newClusterId(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}
