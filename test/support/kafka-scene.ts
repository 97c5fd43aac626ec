import type { KafkaForTests, KafkaForTestsOptions, PostgresForTests } from '#testkit';
import { Burst, openEndpoints, tenantsOver, type BurstOptions } from './burst.ts';
import { KafkaEngine } from './kafka-engine.ts';
import { LedgerReceiver } from './ledger-receiver.ts';
import { Ledger } from './ledger.ts';
import { startServers } from './start-servers.ts';

export interface SceneOptions {
  /** Names of endpoints that each tenant has. Default: `ok`, `slow`, `flaky`, `dead`. */
  readonly paths?: readonly string[];
  readonly partitions?: number;
  /** Further settings of every process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Brokers of the cluster. */
  readonly brokers?: KafkaForTestsOptions['brokers'];
  /** How long the group waits for a silent dispatcher. */
  readonly sessionTimeout?: string;
}

const PARTITIONS = 8;

/**
 * `ok` answers at once, `slow` after 20 ms, `flaky` fails each event's first attempt, `dead` all, `long` takes 1–5 s.
 */
function answerOf(path: string, nth: number): { status: number; delayMs?: number } {
  const name = path.split('/').at(-1);
  if (name === 'slow') return { status: 200, delayMs: 20 };
  if (name === 'long') return { status: 200, delayMs: 1_000 + 4_000 * Math.random() };
  return { status: name === 'dead' || (name === 'flaky' && nth === 0) ? 500 : 200 };
}

/** A whole installation to do harm to: brokers, database, one process of each kind, customers, and the ledger. */
export class KafkaScene {
  readonly kafka: KafkaForTests;
  readonly postgres: PostgresForTests;
  readonly engine: KafkaEngine;
  readonly receiver = new LedgerReceiver(answerOf);
  readonly tenants: readonly string[];
  /** Where the receiver is. Set by `open`, like the endpoints. */
  base = '';
  endpoints: ReadonlyMap<string, string> = new Map();
  #ledger: Ledger | undefined;
  #published = 0;

  private constructor(kafka: KafkaForTests, postgres: PostgresForTests, options: SceneOptions) {
    const { partitions = PARTITIONS, env, sessionTimeout = '10s' } = options;
    this.kafka = kafka;
    this.postgres = postgres;
    this.tenants = tenantsOver(partitions);
    this.engine = new KafkaEngine({
      brokers: kafka.brokers,
      databaseUrl: postgres.connectionString,
      env: {
        HYPERHOOK_PARTITIONS: String(partitions),
        NODE_OPTIONS: `--import=${import.meta.resolve('./say-who-sends.mjs')}`,
        HYPERHOOK_KAFKA_SESSION_TIMEOUT: sessionTimeout,
        // Six hours of retries in twelve seconds, so that the failing endpoint comes to its end within the test.
        HYPERHOOK_TIME_SCALE: '0.0005',
        ...env,
      },
    });
  }

  /** One broker unless `brokers` says otherwise. What was started is stopped again where something does not start. */
  static async open(options: SceneOptions = {}): Promise<KafkaScene> {
    const { brokers, paths = ['ok', 'slow', 'flaky', 'dead'] } = options;
    const [kafka, postgres] = await startServers(brokers === undefined ? {} : { brokers });
    const scene = new KafkaScene(kafka, postgres, options);
    try {
      scene.base = await scene.receiver.open();
      await scene.engine.start();
      scene.endpoints = await openEndpoints(scene.engine, scene.base, scene.tenants, paths);
      scene.#ledger = await Ledger.open({
        brokers: kafka.brokers,
        prefix: scene.engine.prefix,
        receiver: scene.receiver,
        endpoints: scene.endpoints,
      });
      return scene;
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  get ledger(): Ledger {
    if (this.#ledger === undefined) throw new Error('the scene is not open');
    return this.#ledger;
  }

  /** A burst of events that no burst before had. */
  burst(options: Omit<BurstOptions, 'tenants' | 'first'>): Burst {
    const first = this.#published;
    this.#published += options.events;
    return new Burst(this.engine, { ...options, tenants: this.tenants, first });
  }

  async close(): Promise<void> {
    await this.engine.kill();
    await this.#ledger?.close();
    await this.receiver.close();
    await Promise.all([this.kafka.stop(), this.postgres.stop()]);
  }
}
