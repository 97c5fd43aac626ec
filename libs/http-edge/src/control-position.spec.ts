import { describe, expect, it } from '@jest/globals';
import { FollowedControl } from '#control';
import { encodeControl, MemoryLog, MemoryStore } from '#log';
import { passEchoedPosition } from './control-position.ts';

async function started() {
  const log = new MemoryLog(new MemoryStore());
  await log.ensureTopics(1);
  const control = new FollowedControl();
  const alerts: number[] = [];
  return {
    log,
    control,
    alerts,
    start: () => control.start(log, { onNewer: () => {}, onUnreadable: () => {}, onError: () => {} }),
    append: () => {
      const fact = { type: 'installation.created', partitions: 1, timeScale: 1, at: 1 } as const;
      return log.append([
        { topic: 'control', partition: 0, ...encodeControl({ factId: 'f', actor: 'installation', fact }) },
      ]);
    },
    pass: (header: string | undefined) =>
      passEchoedPosition(
        { control, log, onPastEnd: (position) => alerts.push(position), waitMs: 50 },
        header,
      ),
    async [Symbol.asyncDispose]() {
      await control.stop();
      await log.close();
    },
  };
}

describe('passEchoedPosition', () => {
  it('does not wait without an echo, or for one that has been passed', async () => {
    await using edge = await started();
    await edge.pass(undefined);
    await edge.pass('0');
    expect(edge.control.position).toBe(0);
  });

  it('waits until the own table has passed the echoed position', async () => {
    await using edge = await started();
    await edge.append();
    const passing = edge.pass('1');
    await edge.start();
    await passing;
    expect(edge.control.position).toBe(1);
  });

  it('answers 503 when the position does not come in time', async () => {
    await using edge = await started();
    await edge.append();
    await expect(edge.pass('1')).rejects.toMatchObject({
      code: 'unavailable',
      headers: { 'retry-after': '1' },
    });
  });

  it('ignores a position past the end of the topic, with an alert', async () => {
    await using edge = await started();
    await edge.pass('7');
    expect(edge.alerts).toEqual([7]);
  });

  it.each(['', '-1', '1.5', 'x', '9'.repeat(16)])('refuses %p as a position', async (header) => {
    await using edge = await started();
    await expect(edge.pass(header)).rejects.toMatchObject({ code: 'invalid_header' });
  });
});
