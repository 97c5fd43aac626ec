import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#testkit';
import { historyEquals } from '../../support/history-rows.ts';
import { KafkaScene } from '../../support/kafka-scene.ts';
import { sayVerdict } from '../../support/ledger.ts';

const AWAY_MS = 30_000;
const WITHIN_MS = 120_000;

describe('PostgreSQL away for 30 s', () => {
  let scene: KafkaScene;
  beforeAll(async () => {
    scene = await KafkaScene.open({ paths: ['ok', 'flaky'] });
  }, 180_000);
  afterAll(() => scene?.close(), 60_000);

  it('delivers, disables and administers all the same; history is away, and catches up', async () => {
    const { engine, postgres } = scene;
    const burst = scene.burst({ events: 100_000, publishers: 2, perRequest: 8, pauseMs: 150 });
    await engine.must('POST', '/tenants', { id: 'fleet', name: 'fleet', contract: 'hyprwatch' });
    let disabledWithin = NaN;
    let backAt = 0;
    await burst.during(async () => {
      await burst.reached(0.001);
      await postgres.halt();
      const until = performance.now() + AWAY_MS;

      const [later, laterProjector] = await Promise.all([engine.add('admin'), engine.add('projector')]);
      expect(await later.readiness()).toBe(200);
      expect(await laterProjector.readiness()).toBe(200);

      // Control needs no database: an endpoint made now gets its event, and is disabled by its final failure.
      const { id } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=fleet', {
        url: `${scene.base}/fleet/dead`,
      });
      await engine.must('POST', '/events', {
        tenant: 'fleet',
        type: 'host.online',
        data: { host_id: 'h_1', hostname: 'one', platform: 'linux' },
      });
      const published = performance.now();
      await eventually(async () => {
        const { status } = await engine.must<{ status: string }>('GET', `/webhooks/${id}?tenant=fleet`);
        expect(status).toBe('failed');
      }, 30_000);
      disabledWithin = (performance.now() - published) / 1_000;
      expect(await engine.call('GET', '/deliveries?tenant=fleet')).toMatchObject({ status: 503 });

      await delay(Math.max(0, until - performance.now()));
      for (const process of engine.processes) {
        expect(`${process.app} ${process.isRunning} ${await process.readiness()}`).toBe(
          `${process.app} true 200`,
        );
      }
      const sent = scene.receiver.receipts.length;
      await eventually(() => expect(scene.receiver.receipts.length).toBeGreaterThan(sent));
      burst.finish();
      await scene.ledger.settled([burst], WITHIN_MS);
      await postgres.restart();
      backAt = performance.now();
    });
    await historyEquals(postgres.connectionString, scene.ledger.ends([burst]), WITHIN_MS);
    const recovery = (performance.now() - backAt) / 1_000;
    const verdict = scene.ledger.judge([burst]);
    sayVerdict(
      `PostgreSQL away for 30 s (endpoint disabled within ${disabledWithin.toFixed(1)} s)`,
      verdict,
      recovery,
    );
    expect(verdict).toMatchObject({ accepted: burst.events, lost: 0, duplicated: 0, examples: [] });
    await eventually(async () => {
      const { data } = await engine.must<{ data: object[] }>('GET', '/deliveries?tenant=fleet');
      expect(data).toEqual([expect.objectContaining({ status: 'failed', attempts: 5 })]);
    });
  }, 300_000);
});
