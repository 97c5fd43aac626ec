import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lagByTopic, partitionOf } from '#log';
import { PARTITIONS } from '../support/dispatcher-rig.ts';
import { freeClock, holdClock, pass, until } from '../support/held-clock.ts';
import { Lives } from '../support/lives.ts';

const S = 1_000;

describe('what the dispatcher says of its backlog', () => {
  let lives: Lives;
  let tenant: string;
  let partition: number;

  beforeEach(async () => {
    holdClock();
    lives = new Lives();
    await lives.begin();
    tenant = await lives.rig.tenant('hyprwatch');
    partition = partitionOf(tenant, PARTITIONS);
    await lives.rig.endpoint(tenant);
  });

  afterEach(async () => {
    if (lives.isAlive) await until(lives.stop());
    freeClock();
  });

  const of = (topic: string) =>
    lives.rig.dispatcher.backlog().find((one) => one.topic === topic && one.partition === partition);
  const lags = () => lagByTopic(lives.rig.log, lives.rig.dispatcher.backlog());

  it('is nothing where nothing was published, of each topic of each partition', async () => {
    await pass(1 * S);
    expect(lives.rig.dispatcher.backlog()).toHaveLength(PARTITIONS * 9);
    expect(new Set((await lags()).values())).toEqual(new Set([0]));
    expect(lives.rig.dispatcher.backlog().every(({ oldestDueAt }) => oldestDueAt === undefined)).toBe(true);
  });

  it('counts what is under way from its acceptance, and what waits in a tier from when it is due', async () => {
    lives.sender.answer = () => ({ status: 503, after: 10 * S });
    const published = Date.now();
    await lives.rig.publish(tenant);
    await pass(5 * S);
    expect(of('events')).toMatchObject({ position: 0, oldestDueAt: published });
    expect((await lags()).get('events')).toBe(1);
    await pass(6 * S);
    // It failed after ten seconds, and is due in a minute.
    expect(of('events')).toMatchObject({ position: 1, oldestDueAt: undefined });
    expect(of('retry.1m')).toMatchObject({ position: 0, oldestDueAt: published + 70 * S });
    expect(await lags()).toEqual(
      new Map([...(await lags()).keys()].map((topic) => [topic, topic === 'retry.1m' ? 1 : 0])),
    );
    // Due, and being made: due since its time, not since it was taken up.
    await pass(62 * S);
    expect(of('retry.1m')).toMatchObject({ oldestDueAt: published + 70 * S });
  });

  it('goes on where it was after a restart, though nothing has come yet', async () => {
    for (let n = 0; n < 3; n += 1) await lives.rig.publish(tenant);
    await pass(5 * S);
    await until(lives.stop());
    await lives.begin();
    await pass(5 * S);
    expect(of('events')).toMatchObject({ position: 3, oldestDueAt: undefined });
    expect((await lags()).get('events')).toBe(0);
  });
});
