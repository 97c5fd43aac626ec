import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import type { AppProcess } from '../../support/app-process.ts';
import type { Burst } from '../../support/burst.ts';
import { historyEquals } from '../../support/history-rows.ts';
import { KafkaScene } from '../../support/kafka-scene.ts';
import { sayVerdict } from '../../support/ledger.ts';
import { LogTail } from '../../support/log-tail.ts';

const SETTLES_WITHIN_MS = 120_000;

describe('kill -9 of the separate processes in mid-burst', () => {
  let scene: KafkaScene;
  beforeAll(async () => {
    scene = await KafkaScene.open();
  }, 180_000);
  afterAll(() => scene?.close(), 60_000);

  /** P4 where a dispatcher was killed; where none was, nothing may come twice. */
  async function judge(fault: string, burst: Burst, recovery: number): Promise<void> {
    await scene.ledger.settled([burst], SETTLES_WITHIN_MS);
    const verdict = scene.ledger.judge([burst]);
    sayVerdict(`kill -9 of ${fault}`, verdict, recovery);
    expect(verdict).toMatchObject({ accepted: burst.events, lost: 0, unforeseen: 0, examples: [] });
    expect(verdict.duplicated).toBeLessThanOrEqual(verdict.bound);
    await historyEquals(scene.postgres.connectionString, scene.ledger.ends([burst]), SETTLES_WITHIN_MS);
  }

  /** While it works: a kill of one that has nothing in hand says little. */
  async function killBusy(dispatcher: AppProcess): Promise<{ pid: number; at: number }> {
    const { pid } = dispatcher;
    await eventually(() => expect(scene.receiver.inFlight).toBeGreaterThan(3), 30_000);
    const at = Date.now();
    await dispatcher.kill();
    await scene.ledger.noteInFlight(pid);
    return { pid, at };
  }

  it('the only dispatcher, three times: repeats only what was in flight', async () => {
    const burst = scene.burst({ events: 1_000, pauseMs: 20 });
    const recoveries: (() => number)[] = [];
    await burst.during(async () => {
      for (const share of [0.2, 0.4, 0.6]) {
        await burst.reached(share);
        const dispatcher = scene.engine.one('dispatcher');
        const { pid, at } = await killBusy(dispatcher);
        recoveries.push(() => scene.receiver.recoveryOf(pid, at));
        await dispatcher.start();
      }
    });
    await scene.ledger.settled([burst], SETTLES_WITHIN_MS);
    await judge('the only dispatcher, 3 times', burst, Math.max(...recoveries.map((of) => of())));
  }, 240_000);

  it('one of two dispatchers: the other takes over once the group has missed it', async () => {
    const other = await scene.engine.add('dispatcher');
    const [killed] = scene.engine.of('dispatcher');
    // As long as it takes until both have a share, and then until what was the killed one's has an owner again.
    const burst = scene.burst({ events: 100_000, pauseMs: 100, perRequest: 8 });
    let recovery = (): number => NaN;
    await burst.during(async () => {
      await eventually(() => {
        const senders = new Set(scene.receiver.receipts.slice(-200).map(({ by }) => by));
        expect(senders).toEqual(new Set([killed!.pid, other.pid]));
      }, 60_000);
      const { pid, at } = await killBusy(killed!);
      recovery = () => scene.receiver.recoveryOf(pid, at);
      await eventually(() => expect(recovery()).not.toBeNaN(), 120_000);
      burst.finish();
    });
    await judge('one of two dispatchers', burst, recovery());
  }, 240_000);

  it('ingestion: what is published again is delivered once (P10)', async () => {
    const burst = scene.burst({ events: 1_000, publishers: 6, pauseMs: 10 });
    let recovery = NaN;
    await burst.during(async () => {
      for (const share of [0.2, 0.5, 0.8]) {
        await burst.reached(share);
        const ingestion = scene.engine.one('ingestion');
        const at = performance.now();
        const accepted = burst.accepted;
        await ingestion.kill();
        await ingestion.start();
        await eventually(() => expect(burst.accepted).toBeGreaterThan(accepted), 30_000);
        recovery = (performance.now() - at) / 1_000;
      }
    });
    expect(burst.repeated).toBeGreaterThan(0);
    await judge('ingestion, 3 times', burst, recovery);
  }, 240_000);

  it('the projector: history has every delivery with its end', async () => {
    const burst = scene.burst({ events: 1_000, pauseMs: 20 });
    let killedAt = 0;
    await burst.during(async () => {
      for (const share of [0.2, 0.4, 0.6]) {
        await burst.reached(share);
        const projector = scene.engine.one('projector');
        killedAt = performance.now();
        await projector.kill();
        await projector.start();
      }
    });
    await scene.ledger.settled([burst], SETTLES_WITHIN_MS);
    await historyEquals(scene.postgres.connectionString, scene.ledger.ends([burst]), SETTLES_WITHIN_MS);
    await judge('the projector, 3 times', burst, (performance.now() - killedAt) / 1_000);
  }, 240_000);

  it('admin: writes under way are made once or not at all, and events go on', async () => {
    const burst = scene.burst({ events: 1_000, pauseMs: 20 });
    const [tenant = ''] = scene.tenants;
    const hooks = `/webhooks?tenant=${tenant}&limit=100`;
    const before = await scene.engine.must<{ data: object[] }>('GET', hooks);
    const answers: (number | undefined)[] = [];
    let recovery = NaN;
    await burst.during(async () => {
      for (const share of [0.2, 0.5, 0.8]) {
        await burst.reached(share);
        const admin = scene.engine.one('admin');
        const writes = Array.from({ length: 8 }, (_, n) =>
          scene.engine
            .call('POST', `/webhooks?tenant=${tenant}`, {
              url: `http://127.0.0.1:9/${share}/${n}`,
              events: ['NEVER_PUBLISHED'],
            })
            .catch(() => undefined),
        );
        // Some are answered, some on their way.
        await Promise.race(writes);
        const at = performance.now();
        await admin.kill();
        answers.push(...(await Promise.all(writes)).map((answer) => answer?.status));
        await admin.start();
        recovery = (performance.now() - at) / 1_000;
      }
    });
    const { data } = await scene.engine.must<{ data: { url: string }[] }>('GET', hooks);
    const made = data.filter(({ url }) => url.startsWith('http://127.0.0.1:9/'));
    expect(new Set(made.map(({ url }) => url)).size).toBe(made.length);
    expect(data).toHaveLength(before.data.length + made.length);
    const answered = answers.filter((status) => status === 201).length;
    expect(made.length).toBeGreaterThanOrEqual(answered);
    expect(answers.filter((status) => status !== 201 && status !== undefined)).toEqual([]);
    await judge(`admin, 3 times (${answered} of 24 writes answered, ${made.length} made)`, burst, recovery);
  }, 240_000);

  it('admin in mid-replay: another copy carries it on, and each delivery gets one chain', async () => {
    const { engine, endpoints, kafka } = scene;
    const [webhook = ''] = [...endpoints].find(([, path]) => path.endsWith('/ok')) ?? [];
    const what = { what: 'deliveries', filter: { webhook, status: ['delivered'] } };
    const plan = await engine.must<{ total: number; to_send: number }>('POST', '/replays', {
      ...what,
      dry_run: true,
    });
    expect(plan.to_send).toBe(plan.total);
    // Ten seconds' work.
    const rate = Math.ceil(plan.total / 10);
    const { id, chain } = await engine.must<Replay>('POST', '/replays', { ...what, rate });
    const job = () => engine.must<Replay>('GET', `/replays/${id}`);
    await eventually(async () => expect((await job()).asked).toBeGreaterThan(0), 30_000);
    // The one that carries it on; the other has nothing of it but what is in the log.
    const owner = engine.one('admin');
    await engine.add('admin');
    const { asked, state } = await job();
    expect([state, asked < plan.total]).toEqual(['running', true]);
    await owner.kill();
    await eventually(async () => {
      expect(await job()).toMatchObject({ state: 'finished', asked: plan.total, skipped: {} });
    }, 60_000);
    await eventually(async () => {
      expect((await job()).outcomes).toEqual({ delivered: plan.total });
    }, 30_000);
    const of: string[] = [];
    const where = { brokers: kafka.brokers, prefix: engine.prefix };
    const tail = await LogTail.open(where, ['deliveries'], ({ headers }) => {
      if (headers['chain'] === String(chain)) of.push(headers['delivery-id'] ?? '');
    });
    try {
      await tail.readOn();
    } finally {
      await tail.close();
    }
    process.stdout.write(
      `kill -9 of admin in mid-replay: ${plan.total} asked for, ${of.length - new Set(of).size} twice, ` +
        `${asked} of them by the one that was killed\n`,
    );
    expect(of).toHaveLength(plan.total);
    expect(new Set(of).size).toBe(plan.total);
  }, 240_000);
});

interface Replay {
  readonly id: string;
  readonly chain: number;
  readonly state: string;
  readonly asked: number;
  readonly outcomes: Readonly<Record<string, number>> | null;
}
