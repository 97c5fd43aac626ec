import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ControlWriter, FollowedControl } from '#control';
import { MemoryLog } from '#log';
import { eventually } from '#testkit';
import { randomUUID } from 'node:crypto';
import { ReplayRig, uuidOf } from '../../fixtures/replay-rig.ts';
import { ReplayRunner } from './replay-runner.ts';
import type { ReplayWorld } from './replay-world.ts';

let rig: ReplayRig;
const runners: ReplayRunner[] = [];
const fail = (error: unknown) => {
  throw new Error('not in this test', { cause: error });
};

beforeEach(async () => {
  rig = new ReplayRig();
  await rig.open();
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  await rig.close();
});

async function started(over: Partial<ReplayWorld> = {}): Promise<ReplayRunner> {
  const runner = new ReplayRunner(rig.world(over), fail);
  await runner.start();
  runners.push(runner);
  return runner;
}

const idsOf = async () => (await rig.asked()).map(({ ref }) => ref.deliveryId);
const finished = (id: string) =>
  eventually(() => expect(rig.jobNow(id)).toMatchObject({ status: 'finished' }), 10_000);

describe('the runner of replays', () => {
  it('takes up what was running when it starts, and what begins, goes on or ends later', async () => {
    rig.failed(20);
    const early = await rig.job();
    await started();
    await finished(early.id);
    rig.failed(20, {}, 20);
    const later = await rig.job({ ratePerSecond: 10 });
    await eventually(() => expect(rig.jobNow(later.id).status).toBe('running'));
    await rig.writer.replay(later.id, { type: 'pause', at: 1 }, 'test');
    await eventually(async () =>
      expect(rig.jobNow(later.id).progress.asked).toBe((await idsOf()).length - 20),
    );
    await rig.writer.replay(later.id, { type: 'set-rate', ratePerSecond: 5_000, at: 1 }, 'test');
    await rig.writer.replay(later.id, { type: 'resume', at: 1 }, 'test');
    await finished(later.id);
    expect(await idsOf()).toHaveLength(60);
  });

  it('is one of many: another one takes over where it died, and asks for nothing twice', async () => {
    rig.failed(1_500);
    const dead = new MemoryLog(rig.store);
    const control = new FollowedControl();
    const alerts = { onNewer: fail, onUnreadable: fail, onError: () => undefined };
    await control.start(dead, alerts);
    const writer = new ControlWriter(dead, control, randomUUID);
    const first = new ReplayRunner(rig.world({ log: dead, control, writer }), fail);
    await first.start();
    await started();
    const { id } = await rig.job({ total: 1_500, ratePerSecond: 2_000 });
    await eventually(async () => expect((await idsOf()).length).toBeGreaterThan(300), 5_000);
    expect(rig.jobNow(id).status).toBe('running');
    // kill -9: its log refuses it from now on, and the group gives its partition to the other.
    dead.crash();
    await finished(id);
    expect((await idsOf()).toSorted()).toEqual(Array.from({ length: 1_500 }, (_, n) => uuidOf(n)));
    expect(rig.jobNow(id).progress).toMatchObject({ asked: 1_500, skipped: {} });
    await first.stop();
    await control.stop();
  });

  it('goes on trying while the tables are away', async () => {
    rig.failed(5);
    rig.history.down = true;
    const { id } = await rig.job();
    const told: unknown[] = [];
    await started({ logger: { info: () => undefined, warn: (context: unknown) => told.push(context) } });
    await eventually(() => expect(told.length).toBeGreaterThan(0));
    expect(await idsOf()).toEqual([]);
    rig.history.down = false;
    await finished(id);
    expect(await idsOf()).toHaveLength(5);
  });

  it('leaves a job at a place from which it goes on when it is stopped', async () => {
    rig.failed(200);
    const { id } = await rig.job({ ratePerSecond: 100 });
    const runner = await started();
    await eventually(async () => expect((await idsOf()).length).toBeGreaterThan(20));
    await runner.stop();
    const asked = (await idsOf()).length;
    expect(rig.jobNow(id)).toMatchObject({ status: 'running', progress: { asked, askedFrom: asked } });
  });
});
