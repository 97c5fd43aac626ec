import { setTimeout as delay } from 'node:timers/promises';
import { partitionOf } from '#log';
import type { KafkaForTests } from '../../../../libs/testkit/src/kafka-for-tests.ts';
import type { PostgresForTests } from '../../../../libs/testkit/src/postgres-for-tests.ts';
import { appNames, type AppName, type AppProcess } from '../../../support/app-process.ts';
import { KafkaEngine } from '../../../support/kafka-engine.ts';
import { LogTail } from '../../../support/log-tail.ts';
import { runEngine, type Ended } from '../../../support/run-engine.ts';
import { startServers } from '../../../support/start-servers.ts';
import { withClient } from '../../../support/with-client.ts';
import { kafkaSlots, SESSION_MS, type BrokerFault, type Fault, type ProcessFault } from '../plan/faults.ts';
import { PARTITIONS } from '../plan/world.ts';
import { foldRecord, POISON, readTopics } from './fold-record.ts';
import { InFlight } from './in-flight.ts';
import type { Installation, InstallationParts } from './installation.ts';
import { LogReader } from './log-reader.ts';

interface Slot {
  process: AppProcess;
  /** Nobody ended it: it should run. */
  isUp: boolean;
}

const WATCH_MS = 500;
const BROKER_STARTS = 3;

/** Separate processes on real brokers and a PostgreSQL. */
export class KafkaInstallation implements Installation {
  readonly reader: LogReader;
  readonly #kafka: KafkaForTests;
  readonly #postgres: PostgresForTests;
  readonly #engine: KafkaEngine;
  readonly #tail: LogTail;
  readonly #inFlight: InFlight;
  readonly #parts: InstallationParts;
  readonly #slots = new Map<string, Slot>();
  readonly #watch: NodeJS.Timeout;

  private constructor(
    [kafka, postgres]: readonly [KafkaForTests, PostgresForTests],
    engine: KafkaEngine,
    slots: ReadonlyMap<string, AppProcess>,
    tail: LogTail,
    parts: InstallationParts,
  ) {
    this.#kafka = kafka;
    this.#postgres = postgres;
    this.#engine = engine;
    this.#tail = tail;
    this.#parts = parts;
    this.reader = new LogReader(tail);
    this.#inFlight = new InFlight(parts.facts, parts.receiver, this.reader);
    for (const [slot, process] of slots) this.#slots.set(slot, { process, isUp: true });
    this.#watch = setInterval(() => this.#findEnded(), WATCH_MS);
  }

  static async open(brokers: 1 | 3, parts: InstallationParts): Promise<KafkaInstallation> {
    await using opened = new AsyncDisposableStack();
    const servers = await startServers({ brokers });
    const [kafka, postgres] = servers;
    opened.defer(() => kafka.stop());
    opened.defer(() => postgres.stop());
    const engine = new KafkaEngine({
      brokers: kafka.brokers,
      databaseUrl: postgres.connectionString,
      env: { ...parts.env, HYPERHOOK_KAFKA_SESSION_TIMEOUT: `${SESSION_MS / 1_000}s` },
    });
    opened.defer(() => engine.kill());
    const slots = new Map<string, AppProcess>();
    // The first creates topics and installation.
    slots.set('admin-1', await engine.add('admin'));
    const others = kafkaSlots.filter((slot) => slot !== 'admin-1');
    const started = await Promise.all(others.map((slot) => engine.add(appOf(slot))));
    for (const [at, slot] of others.entries()) {
      const process = started[at];
      if (process !== undefined) slots.set(slot, process);
    }
    const tail = await LogTail.open(engine, readTopics, (record) => foldRecord(parts.facts, record));
    opened.move();
    return new KafkaInstallation(servers, engine, slots, tail, parts);
  }

  get rootKey(): string {
    return this.#engine.rootKey;
  }

  get publishUrls(): readonly string[] {
    return this.#urlsOf('ingestion');
  }

  get adminUrls(): readonly string[] {
    return this.#urlsOf('admin');
  }

  async apply(fault: Fault): Promise<string> {
    if ('slot' in fault) return this.#harmProcess(fault);
    if ('broker' in fault) return this.#harmBroker(fault);
    if (fault.kind !== 'database-away') throw new Error(`${fault.kind} is not for separate processes`);
    await this.#postgres.halt();
    await delay(fault.forMs);
    await this.#postgres.restart();
    return '';
  }

  async poison(tenant: string): Promise<void> {
    const partition = partitionOf(tenant, PARTITIONS);
    const value = Buffer.from('nobody can read this');
    await this.#tail.log.append([{ topic: 'events', partition, key: POISON, headers: {}, value }]);
  }

  query: Installation['query'] = (statement) =>
    withClient(this.#postgres.connectionString, (query) => query(statement));

  queryStopped: Installation['queryStopped'] = (work) => withClient(this.#postgres.connectionString, work);

  async stop(): Promise<readonly string[]> {
    clearInterval(this.#watch);
    const wrong = await Promise.all(
      [...this.#slots].map(async ([slot, { process }]) => {
        const code = await process.stop();
        return code === 0 ? [] : [`${slot} exit code ${code}: ${process.stderr.slice(-500)}`];
      }),
    );
    return wrong.flat();
  }

  rebuild(): Promise<Ended> {
    return runEngine(['rebuild'], this.#engine.env, 'projector');
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    // One that stands still has to go on to be ended by anything but -9, which this is.
    await this.#engine.kill();
    await this.reader.idle();
    await this.#tail.close();
    await Promise.all([this.#kafka.stop(), this.#postgres.stop()]);
  }

  async #harmProcess({ kind, slot, forMs }: ProcessFault): Promise<string> {
    if (kind === 'join') return this.#join(slot, forMs);
    const found = this.#slots.get(slot);
    if (found === undefined) throw new Error(`no ${slot}`);
    const { process } = found;
    const { pid } = process;
    if (kind === 'pause') {
      process.signal('SIGSTOP');
      const noted = forMs < SESSION_MS / 2 ? undefined : this.#inFlight.note(pid, false);
      await delay(forMs);
      process.signal('SIGCONT');
      return noted === undefined ? '' : `${await noted} attempts in flight`;
    }
    found.isUp = false;
    const began = performance.now();
    const code = await (kind === 'kill' ? process.kill() : process.stop());
    const took = `exit after ${((performance.now() - began) / 1_000).toFixed(1)} s`;
    const noted = kind === 'kill' ? this.#inFlight.note(pid, true) : undefined;
    if (kind === 'stop') this.#expectExit(slot, process, code);
    await delay(forMs);
    await this.#start(slot, found);
    return noted === undefined ? took : `${await noted} attempts in flight`;
  }

  async #join(slot: string, forMs: number): Promise<string> {
    const process = await this.#engine.add(appOf(slot));
    const joined: Slot = { process, isUp: true };
    this.#slots.set(slot, joined);
    await delay(forMs);
    joined.isUp = false;
    this.#expectExit(slot, process, await process.stop());
    this.#slots.delete(slot);
    return '';
  }

  /** A process waits for what it needs; one that ends at its start is a broken promise, and is started again. */
  async #start(slot: string, found: Slot): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await found.process.start();
        found.isUp = true;
        return;
      } catch (error) {
        this.#parts.facts.complain('start', `${slot}: ${String(error).slice(0, 800)}`);
        if (attempt === 3) throw error;
      }
    }
  }

  async #harmBroker({ kind, broker, forMs }: BrokerFault): Promise<string> {
    if (kind === 'broker-freeze') {
      await this.#kafka.freeze(broker);
      await delay(forMs);
      await this.#kafka.thaw(broker);
      return '';
    }
    await (kind === 'broker-kill' ? this.#kafka.kill(broker) : this.#kafka.shutDown(broker));
    await delay(forMs);
    await this.#restartBroker(broker);
    return '';
  }

  /** On a machine that is busy with other things a broker may take longer than its test kit waits. */
  async #restartBroker(broker: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#kafka.restart(broker);
        return;
      } catch (error) {
        if (attempt === BROKER_STARTS) throw error;
        this.#parts.say(`broker ${broker} is not ready within its time, and is started once more`);
      }
    }
  }

  #expectExit(slot: string, process: AppProcess, code: number | null): void {
    if (code === 0) return;
    const what = `${slot} ended with ${code} after SIGTERM: ${process.stderr.slice(-800)}`;
    this.#parts.facts.complain('exit', what);
  }

  /** No process may end because of what happens around it. */
  #findEnded(): void {
    for (const [slot, found] of this.#slots) {
      if (!found.isUp || found.process.isRunning) continue;
      found.isUp = false;
      const what = `${slot} ended by itself: ${found.process.stderr.slice(-1_500)}`;
      this.#parts.facts.complain('exit', what);
      this.#parts.say(what);
      const { pid } = found.process;
      void this.#inFlight.note(pid, true).then(() => this.#start(slot, found));
    }
  }

  #urlsOf(app: AppName): readonly string[] {
    return [...this.#slots]
      .filter(([slot, { isUp }]) => isUp && appOf(slot) === app)
      .map(([, one]) => one.process.url);
  }
}

function appOf(slot: string): AppName {
  const app = appNames.find((name) => slot.startsWith(name));
  if (app === undefined) throw new Error(`no app is called ${slot}`);
  return app;
}
