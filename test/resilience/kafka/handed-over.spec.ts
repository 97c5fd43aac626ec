import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#testkit';
import type { AppProcess } from '../../support/app-process.ts';
import type { Burst } from '../../support/burst.ts';
import { CommitWatch } from '../../support/commit-watch.ts';
import { KafkaScene } from '../../support/kafka-scene.ts';
import { sayVerdict } from '../../support/ledger.ts';
import { shares, successions } from '../../support/senders.ts';

const SESSION_MS = 10_000;
const SETTLES_WITHIN_MS = 120_000;
/** The test ends it sooner. */
const ENDLESS = 100_000;

const secondsSince = (at: number): number => (performance.now() - at) / 1_000;

describe('partitions handed over under load', () => {
  let scene: KafkaScene;
  beforeAll(async () => {
    scene = await KafkaScene.open({
      paths: ['ok', 'flaky', 'long'],
      sessionTimeout: `${SESSION_MS / 1_000}s`,
    });
  }, 180_000);
  afterAll(() => scene?.close(), 60_000);

  /** Resolves once these, and no others, send for the tenants, each for its part. */
  async function untilShared(processes: readonly AppProcess[]): Promise<number> {
    const began = performance.now();
    const fair = Math.floor(scene.tenants.length / processes.length);
    await eventually(() => {
      const counts = shares(scene.receiver.receipts);
      expect(new Set(counts.keys())).toEqual(new Set(processes.map(({ pid }) => pid)));
      expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(fair);
    }, 120_000);
    return secondsSince(began);
  }

  async function judge(what: string, burst: Burst, recovery: number): Promise<void> {
    await scene.ledger.settled([burst], SETTLES_WITHIN_MS);
    const verdict = scene.ledger.judge([burst]);
    sayVerdict(what, verdict, recovery);
    expect(verdict).toMatchObject({ accepted: burst.events, lost: 0, unforeseen: 0, examples: [] });
  }

  it('dispatchers 1 → 3 → 1 with slow attempts in flight: nothing lost, nothing twice', async () => {
    const burst = scene.burst({ events: ENDLESS, publishers: 2, perRequest: 8, pauseMs: 150 });
    const first = scene.engine.one('dispatcher');
    const took: string[] = [];
    let last = NaN;
    await burst.during(async () => {
      await untilShared([first]);
      const added: AppProcess[] = [];
      for (const copies of [2, 3]) {
        const began = performance.now();
        added.push(await scene.engine.add('dispatcher'));
        await untilShared([first, ...added]);
        took.push(`${copies}: ${secondsSince(began).toFixed(1)} s`);
      }
      for (const copies of [2, 1]) {
        const began = performance.now();
        // The first as well as the last may go.
        const leaving = copies === 2 ? first : added.pop();
        expect(await leaving?.stop()).toBe(0);
        const exited = secondsSince(began).toFixed(1);
        last = await untilShared(scene.engine.of('dispatcher'));
        took.push(`${copies}: ${secondsSince(began).toFixed(1)} s (exit after ${exited} s)`);
      }
      burst.finish();
    });
    await judge(`dispatchers scaled to ${took.join(', ')}`, burst, last);
    expect(scene.ledger.judge([burst]).duplicated).toBe(0);
  }, 300_000);

  it('SIGTERM of each kind: exit 0, nothing lost, nothing twice', async () => {
    const burst = scene.burst({ events: ENDLESS, publishers: 2, perRequest: 8, pauseMs: 100 });
    const took: string[] = [];
    let recovery = NaN;
    await burst.during(async () => {
      await burst.reached(100 / ENDLESS);
      for (const app of ['dispatcher', 'ingestion', 'projector', 'admin'] as const) {
        const one = scene.engine.one(app);
        const began = performance.now();
        const code = await one.stop();
        took.push(`${app} ${secondsSince(began).toFixed(1)} s`);
        expect(`${app} ${code}`).toBe(`${app} 0`);
        await one.start();
        recovery = secondsSince(began);
        await burst.reached((burst.accepted + 50) / ENDLESS);
      }
      burst.finish();
    });
    await judge(`SIGTERM, exit after: ${took.join(', ')}`, burst, recovery);
    expect(scene.ledger.judge([burst]).duplicated).toBe(0);
  }, 300_000);

  it('a dispatcher stopped for longer than the session timeout sends nothing, and takes nothing back, when it goes on', async () => {
    const zombie = scene.engine.one('dispatcher');
    const other = await scene.engine.add('dispatcher');
    const burst = scene.burst({ events: ENDLESS, publishers: 2, perRequest: 8, pauseMs: 100 });
    const commits = new CommitWatch(scene.engine, 'dispatcher');
    let stoppedAt = 0;
    let continuedAt = 0;
    let recovery = (): number => NaN;
    try {
      await burst.during(async () => {
        await untilShared([zombie, other]);
        const { pid } = zombie;
        stoppedAt = Date.now();
        zombie.signal('SIGSTOP');
        recovery = () => scene.receiver.recoveryOf(pid, stoppedAt);
        expect(await scene.ledger.noteInFlight(pid, false)).toBeGreaterThan(0);
        await delay(SESSION_MS);
        await eventually(() => expect(recovery()).not.toBeNaN(), 60_000);
        continuedAt = Date.now();
        zombie.signal('SIGCONT');
        await untilShared([zombie, other]);
        burst.finish();
      });
      await scene.ledger.settled([burst], SETTLES_WITHIN_MS);
    } finally {
      await commits.stop();
    }
    await judge(
      `SIGSTOP of one of two dispatchers for ${((continuedAt - stoppedAt) / 1_000).toFixed(1)} s, then SIGCONT`,
      burst,
      recovery(),
    );
    expect(zombie.isRunning).toBe(true);
    // Each partition stays with the other one, or is handed back once: no request in between.
    const since = scene.receiver.receipts.filter(({ at }) => at >= continuedAt);
    for (const [tenant, senders] of successions(since)) {
      expect([
        [tenant, [other.pid]],
        [tenant, [other.pid, zombie.pid]],
      ]).toContainEqual([tenant, senders]);
    }
    expect(commits.looks).toBeGreaterThan(10);
    expect(commits.stepsBack).toEqual([]);
  }, 300_000);
});
