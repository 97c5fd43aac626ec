import { setTimeout as delay } from 'node:timers/promises';
import { partitionOf } from '#log';
import { KafkaCluster } from '../../../libs/testkit/src/kafka/kafka-cluster.ts';
import { startPostgres, type PostgresForTests } from '../../../libs/testkit/src/postgres-for-tests.ts';
import { appNames, type AppName } from '../../support/app-process.ts';
import { KafkaEngine } from '../../support/kafka-engine.ts';
import { ProcessWatch } from '../../support/process-watch.ts';
import { OpenLoad, type LoadAnswer, type LoadShape } from './open-load.ts';
import type { Stall } from './stall.ts';
import { StallableReceiver } from './stallable-receiver.ts';

/** What an overload did. Times are ms, sizes MB. */
export interface Overloaded {
  readonly accepted: number;
  /** Accepted, and never at the receiver. */
  readonly lost: number;
  /** Requests for what was delivered before. */
  readonly again: number;
  /** Answers while it lasted, by status; 0: none came within a minute. */
  readonly answers: ReadonlyMap<number, number>;
  /** Refusals (429, 503) that did not say when to come again. */
  readonly withoutRetryAfter: number;
  /** Events a publisher had no free connection for: all its requests still waited for their answers. */
  readonly unsent: number;
  /** The most that a process had resident. */
  readonly mostMb: ReadonlyMap<AppName, number>;
  /** From the end of the stall until an event was accepted, and until all were delivered; undefined: never. */
  readonly acceptsAfter: number | undefined;
  readonly drainedAfter: number | undefined;
  /** Processes that did not survive it, and what they said last. */
  readonly ended: readonly string[];
}

/** The hot tenant's neighbours, in ms from request to receipt. */
export interface Isolated {
  readonly alone: number;
  /** With the same load as beside the hot one, but spread over all alike: what the volume costs, not the neighbour. */
  readonly even: number;
  readonly beside: number;
  readonly lost: number;
}

const PARTITIONS = 8;
const PER_REQUEST = 25;
/** Load goes on a little after the stall, and shows when it is over. */
const AFTER_MS = 5_000;
const SETTLE_MS = 120_000;
const LOOK_EVERY_MS = 250;
const TURNS = 3;

/** One process of each kind over a real broker and a real PostgreSQL, and more load than they can take. */
export class Overload {
  readonly engine: KafkaEngine;
  readonly #kafka: KafkaCluster;
  readonly #postgres: PostgresForTests;
  readonly #receiver = new StallableReceiver();
  readonly #tenants = tenantsOf(PARTITIONS);

  private constructor(kafka: KafkaCluster, postgres: PostgresForTests, nodeOptions: string) {
    this.#kafka = kafka;
    this.#postgres = postgres;
    this.engine = new KafkaEngine({
      brokers: kafka.brokers,
      databaseUrl: postgres.connectionString,
      env: {
        HYPERHOOK_PARTITIONS: String(PARTITIONS),
        // A stall of five minutes must not use up a delivery's attempts, nor the last ones take hours to come.
        HYPERHOOK_TIME_SCALE: '0.02',
        NODE_OPTIONS: nodeOptions,
      },
    });
  }

  /** `nodeOptions`: how the engine's processes are run. */
  static async open(nodeOptions = ''): Promise<Overload> {
    const [kafka, postgres] = await Promise.all([KafkaCluster.start(), startPostgres()]);
    const overload = new Overload(kafka, postgres, nodeOptions);
    try {
      const base = await overload.#receiver.open();
      const { engine } = overload;
      await engine.start();
      for (const tenant of overload.#tenants) {
        await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract: 'standard-webhooks' });
        await engine.must('POST', `/webhooks?tenant=${tenant}`, { url: `${base}/${tenant}` });
      }
      return overload;
    } catch (error) {
      await overload.close();
      throw error;
    }
  }

  /** Deliveries a second, as fast as events are accepted and delivered. */
  async capacity(ms: number): Promise<number> {
    const began = performance.now();
    const load = await this.#offer(
      { tenants: this.#tenants, rate: null, perRequest: PER_REQUEST },
      delay(ms),
    );
    await this.#drained(load, SETTLE_MS);
    return (load.accepted.size * 1_000) / (performance.now() - began);
  }

  /** Holds one part up for `ms` at `rate` events a second, and looks what becomes of it. */
  async stalled(stall: Stall, ms: number, rate: number): Promise<Overloaded> {
    const watch = new ProcessWatch(this.engine.processes);
    const before = this.#receiver.again;
    let from = 0;
    let to = 0;
    const shape = { tenants: this.#tenants, rate, perRequest: PER_REQUEST };
    const stalling = async () => {
      await this.#begin(stall);
      from = Date.now();
      await delay(ms);
      to = Date.now();
      await this.#end(stall);
      await delay(AFTER_MS);
    };
    const load = await this.#offer(shape, stalling());
    const drainedAt = await this.#drained(load, 4 * ms + 180_000);
    watch.stop();
    const during = load.answers.filter(({ at }) => at >= from && at < to);
    const accepts = load.answers.find(({ at, status }) => at >= to && (status === 202 || status === 207));
    return {
      accepted: load.accepted.size,
      lost: this.#missing(load),
      again: this.#receiver.again - before,
      answers: countByStatus(during),
      withoutRetryAfter: load.answers.filter((one) => isRefusal(one) && !one.hasRetryAfter).length,
      unsent: load.unsent,
      mostMb: new Map(appNames.map((app) => [app, Math.round(watch.mostMb(app))])),
      acceptsAfter: accepts === undefined ? undefined : accepts.at - to,
      drainedAfter: drainedAt === undefined ? undefined : drainedAt - to,
      ended: this.engine.processes
        .filter(({ isRunning }) => !isRunning)
        .map(({ app, stderr }) => `${app}: ${stderr.slice(-500)}`),
    };
  }

  /**
   * p99 of all tenants but one, alone and beside that one, which makes 90 % of the load. In turns, once all is compiled, and
   * the median of the turns: what the machine does meanwhile comes to each alike. `ms`: of each turn.
   */
  async besideOneAtNinety(ms: number, rate: number): Promise<Isolated> {
    const [hot = '', ...others] = this.#tenants;
    const all = { tenants: this.#tenants, rate, perRequest: 1 };
    const theirs = { tenants: others, rate: rate / 10, perRequest: 1 };
    const its = { tenants: [hot], rate: (rate * 9) / 10, perRequest: 1 };
    const turns: Isolated[] = [];
    const warm = await this.#during(ms, all);
    for (let turn = 0; turn < TURNS; turn += 1) {
      const alone = await this.#during(ms, theirs);
      const even = await this.#during(ms, all);
      const beside = await this.#during(ms, theirs, its);
      const lost = alone.lost + even.lost + beside.lost;
      turns.push({ alone: alone.p99, even: even.p99, beside: beside.p99, lost });
    }
    const middle = (of: (turn: Isolated) => number) => median(turns.map(of));
    return {
      alone: middle(({ alone }) => alone),
      even: middle(({ even }) => even),
      beside: middle(({ beside }) => beside),
      lost: turns.reduce((sum, { lost }) => sum + lost, warm.lost),
    };
  }

  /** These loads for `ms`, until all is delivered; `p99` is of the first. */
  async #during(ms: number, ...shapes: readonly LoadShape[]): Promise<{ p99: number; lost: number }> {
    const time = delay(ms);
    const loads = await Promise.all(shapes.map((shape) => this.#offer(shape, time)));
    let lost = 0;
    for (const load of loads) {
      await this.#drained(load, SETTLE_MS);
      lost += this.#missing(load);
    }
    const [first] = loads;
    return { p99: first === undefined ? NaN : this.#p99(first), lost };
  }

  async close(): Promise<void> {
    this.#receiver.answer();
    await this.engine.kill();
    await this.#receiver.close();
    await Promise.all([this.#kafka.stop(), this.#postgres.stop()]);
  }

  /** Publishes until `time` is over; resolves when all is answered. */
  async #offer(shape: LoadShape, time: Promise<unknown>): Promise<OpenLoad> {
    const load = new OpenLoad(this.engine.one('ingestion').url, this.engine.rootKey);
    const over = new AbortController();
    try {
      await Promise.all([load.run(shape, over.signal), time.finally(() => over.abort())]);
    } finally {
      await load.close();
    }
    return load;
  }

  async #begin(stall: Stall): Promise<void> {
    if (stall === 'endpoints') this.#receiver.hang();
    else if (stall === 'database') await this.#postgres.halt();
    else await this.#kafka.freeze(1);
  }

  async #end(stall: Stall): Promise<void> {
    if (stall === 'endpoints') this.#receiver.answer();
    else if (stall === 'database') await this.#postgres.restart();
    else await this.#kafka.thaw(1);
  }

  /**
   * Epoch ms at which all that was accepted was delivered; undefined: not within `withinMs`. Looks only for what was missing
   * the last time, and takes breaks of ten times as long: the receiver shares this process, and millions are to be counted.
   */
  async #drained(load: OpenLoad, withinMs: number): Promise<number | undefined> {
    const { delivered } = this.#receiver;
    const deadline = performance.now() + withinMs;
    let missing = [...load.accepted.keys()];
    for (;;) {
      const began = performance.now();
      missing = missing.filter((id) => !delivered.has(id));
      const now = performance.now();
      if (missing.length === 0) break;
      if (now > deadline) return undefined;
      await delay(Math.max(LOOK_EVERY_MS, 10 * (now - began)));
    }
    let last = 0;
    for (const id of load.accepted.keys()) last = Math.max(last, delivered.get(id) ?? 0);
    return last;
  }

  #missing({ accepted }: OpenLoad): number {
    let missing = 0;
    for (const id of accepted.keys()) if (!this.#receiver.delivered.has(id)) missing += 1;
    return missing;
  }

  #p99({ accepted }: OpenLoad): number {
    const took = [...accepted].map(([id, at]) => (this.#receiver.delivered.get(id) ?? Infinity) - at);
    return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? NaN;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const isRefusal = ({ status }: LoadAnswer): boolean => status === 429 || status === 503;

function countByStatus(answers: readonly LoadAnswer[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

/** One for each partition, and one more beside the first. */
function tenantsOf(partitions: number): readonly string[] {
  const names = Array.from({ length: partitions * 40 }, (_, n) => `tenant${n}`);
  const on = (partition: number) => names.filter((name) => partitionOf(name, partitions) === partition);
  const firsts = Array.from({ length: partitions }, (_, partition) => on(partition)[0] ?? '');
  return [...firsts, on(0)[1] ?? ''];
}
