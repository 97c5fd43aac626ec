import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, type KafkaForTests } from '#testkit';
import { BrokerScene, say, seconds, type Told } from '../../support/broker-scene.ts';
import type { PublishAnswer } from '../../support/publish-watch.ts';

const LOAD = { events: 400, pauseMs: 200 };
const AWAY_MS = 20_000;
const HANGS_MS = 15_000;
const LINES_A_SECOND = 20;
/** An append that was being answered when the broker went may have been answered before it went. */
const INSTANT_MS = 500;

/**
 * All of it, or what was not taken before the broker went: a batch whose appends were half answered then is told so (207),
 * each time that it is published again (P10).
 */
const isToldToComeAgain = ({ status, retryAfter, refused }: PublishAnswer): boolean =>
  Number(retryAfter) >= 1 &&
  (status === 207 ? refused.length > 0 && refused.every((of) => of === 503) : status === 503);

interface Outage {
  readonly told: Told;
  readonly downAt: number;
  readonly upAt: number;
}

describe('the only broker', () => {
  let scene: BrokerScene;
  beforeAll(async () => {
    scene = await BrokerScene.open(1);
  }, 180_000);
  afterAll(() => scene?.close(), 60_000);

  const away = async (
    awayMs: number,
    go: (kafka: KafkaForTests) => Promise<void>,
    comeBack: (kafka: KafkaForTests) => Promise<void>,
  ): Promise<Outage> => {
    const { engine, kafka } = scene.scene;
    scene.watch.lines.length = 0;
    let downAt = 0;
    let upAt = 0;
    const told = await scene.underLoad(LOAD, async () => {
      await go(kafka);
      downAt = Date.now();
      await eventually(
        async () => expect(await engine.one('ingestion').readiness()).toBe(503),
        awayMs - 2_000,
      );
      await delay(downAt + awayMs - Date.now());
      // Nobody who can help it sends publishers here: also after some were refused, and others wait.
      expect(await engine.one('ingestion').readiness()).toBe(503);
      await comeBack(kafka);
      upAt = Date.now();
      await eventually(async () => expect(await engine.one('ingestion').readiness()).toBe(200), 60_000);
    });
    return { told, downAt, upAt };
  };

  const isNotFlooded = (): void => {
    const { lines } = scene.watch.busiest();
    // All of them where there are too many, for what they say is what is to be mended.
    expect(lines.length < LINES_A_SECOND ? [] : lines).toEqual([]);
  };

  const report = (what: string, { told, downAt, upAt }: Outage): void => {
    const refused = scene.publishing.between(downAt + INSTANT_MS, upAt);
    const { app, lines } = scene.watch.busiest();
    const kinds = new Set(refused.map(({ status }) => status));
    say(
      what,
      told,
      `publishers got ${[...kinds].join('/') || 'nothing'} (${refused.length}); back after ${scene.firstAfter(upAt)} (deliveries), ` +
        `${seconds(scene.publishing.rateBackAfter(upAt, downAt))} (202 rate); at most ${lines.length} lines/s (${app}), ` +
        `${Math.round(scene.watch.mostMb('ingestion'))} MB ingestion`,
    );
  };

  it.each([
    ['kill -9', (kafka: KafkaForTests) => kafka.kill(1)],
    ['SIGTERM', (kafka: KafkaForTests) => kafka.shutDown(1)],
  ] as const)(
    'is away for 20 s after %s: publishers are told to come again, nothing is lost, no process ends',
    async (how, go) => {
      const outage = await away(AWAY_MS, go, (kafka) => kafka.restart(1));
      report(`the only broker, ${how}, 20 s`, outage);
      expect(scene.ended()).toEqual([]);
      expect(outage.told).toMatchObject({ lost: 0, duplicated: 0 });
      const refused = scene.publishing.between(outage.downAt + INSTANT_MS, outage.upAt);
      // P1: what is not durable is not accepted. And each is told when to come again.
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.filter((answer) => !isToldToComeAgain(answer))).toEqual([]);
      expect(scene.watch.said(/append_refused/).length).toBeGreaterThan(0);
      expect(scene.watch.said(/unhandled|uncaught|Warning: /i)).toEqual([]);
      isNotFlooded();
    },
    300_000,
  );

  it('hangs for 15 s: nothing is lost, no process ends', async () => {
    const outage = await away(
      HANGS_MS,
      async (kafka) => kafka.freeze(1),
      async (kafka) => kafka.thaw(1),
    );
    report('the only broker hangs, 15 s', outage);
    expect(scene.ended()).toEqual([]);
    expect(outage.told).toMatchObject({ lost: 0, duplicated: 0 });
    const refused = scene.publishing.between(outage.downAt + INSTANT_MS, outage.upAt);
    expect(refused.filter((answer) => !isToldToComeAgain(answer))).toEqual([]);
    expect(scene.watch.said(/unhandled|uncaught|Warning: /i)).toEqual([]);
    isNotFlooded();
  }, 300_000);
});
