import type { KafkaForTestsOptions } from '#testkit';
import type { AppProcess } from './app-process.ts';
import { Burst } from './burst.ts';
import { dispatchersNow } from './group-state.ts';
import { KafkaScene } from './kafka-scene.ts';
import type { Verdict } from './ledger.ts';
import { ProcessWatch } from './process-watch.ts';
import { PublishWatch } from './publish-watch.ts';

/** How long after the last event is accepted everything must have its end. */
const SETTLE_MS = 180_000;
const SECOND_MS = 1_000;

export interface Load {
  readonly events: number;
  /** Between two requests of one publisher. */
  readonly pauseMs: number;
}

/** What there is to say of one test. */
export interface Told extends Verdict {
  /** When the faults began and ended, epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** An installation with two dispatchers, whose brokers are harmed under load while publishers and processes are watched. */
export class BrokerScene {
  readonly scene: KafkaScene;
  readonly publishing: PublishWatch;
  readonly watch: ProcessWatch;
  readonly #pids: ReadonlyMap<AppProcess, number>;
  #published = 0;

  private constructor(scene: KafkaScene) {
    this.scene = scene;
    this.publishing = new PublishWatch(scene.engine);
    this.watch = new ProcessWatch(scene.engine.processes);
    this.#pids = new Map(scene.engine.processes.map((one) => [one, one.pid]));
  }

  static async open(
    brokers: KafkaForTestsOptions['brokers'],
    env: Record<string, string> = {},
  ): Promise<BrokerScene> {
    const scene = await KafkaScene.open({
      ...(brokers === undefined ? {} : { brokers }),
      paths: ['ok', 'slow', 'flaky'],
      sessionTimeout: '30s',
      env: { HYPERHOOK_TIME_SCALE: '0.01', ...env },
    });
    try {
      await scene.engine.add('dispatcher');
      return new BrokerScene(scene);
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  /** Publishes while `faults` runs, waits until all is settled, and says what became of it. */
  async underLoad(load: Load, faults: (burst: Burst) => Promise<void>): Promise<Told> {
    const { ledger, tenants, engine } = this.scene;
    const first = this.#published;
    this.#published += load.events;
    // What a test before this one left unread would count as repeated here, and then be missed.
    await ledger.tally.readOn();
    const before = ledger.judge([]);
    const burst = new Burst(this.publishing, { ...load, tenants, first, publishers: 4, perRequest: 4 });
    let from = 0;
    let to = 0;
    await burst.during(async () => {
      await burst.reached(0.2);
      from = Date.now();
      await faults(burst);
      to = Date.now();
    });
    await ledger.settled([burst], SETTLE_MS).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await dispatchersNow(engine)}`);
    });
    const verdict = ledger.judge([burst]);
    const duplicated = verdict.duplicated - before.duplicated;
    return { ...verdict, duplicated, unforeseen: verdict.unforeseen - before.unforeseen, from, to };
  }

  /** The longest time between two deliveries from `from` to `to`, in seconds. */
  silence(from: number, to: number): string {
    const times = this.scene.receiver.receipts.map(({ at }) => at).filter((at) => at > from && at < to);
    let longest = 0;
    let last = from;
    for (const at of [...times, to]) {
      longest = Math.max(longest, at - last);
      last = at;
    }
    return seconds(longest);
  }

  /** Seconds from `fault` until something was delivered again. */
  firstAfter(fault: number): string {
    const found = this.scene.receiver.receipts.find(({ at }) => at > fault);
    return found === undefined ? 'never' : seconds(found.at - fault);
  }

  /** Processes that are not those that were started: they ended, and what they said last. */
  ended(): readonly string[] {
    return [...this.#pids]
      .filter(([one, pid]) => !one.isRunning || one.pid !== pid)
      .map(([one]) => `${one.app}: ${one.stderr.slice(-500)}`);
  }

  async close(): Promise<void> {
    this.watch.stop();
    await this.scene.close();
  }
}

export const seconds = (ms: number | undefined): string =>
  ms === undefined ? 'never' : `${(ms / SECOND_MS).toFixed(1)} s`;

/** The one line that each test prints. */
export function say(what: string, { accepted, lost, duplicated }: Verdict, more: string): void {
  process.stdout.write(
    `${what}: ${accepted} accepted, ${lost} lost, ${duplicated} duplicated (bound 0, no process died); ${more}\n`,
  );
}
