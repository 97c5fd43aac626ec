import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedControl } from '#control';
import { encodeControl, MemoryLog, MemoryStore, type LogRecord } from '#log';
import { ControlReached } from './control-reached.ts';

const fact = (n: number): LogRecord => {
  const at = 1_000;
  const { key, headers, value } = encodeControl({
    factId: `f${n}`,
    actor: 'test',
    fact: {
      type: 'delivery.asked',
      askedBy: 'test',
      tenantId: 't',
      endpointId: 'e',
      deliveryId: null,
      at,
    },
  });
  return { topic: 'control', partition: 0, key, headers, value, offset: n, appendedAt: at };
};

describe('what relies on a control position (R20)', () => {
  const control = new FollowedControl();
  const log = new MemoryLog(new MemoryStore());
  let end = 3;
  let asked = 0;
  let reached: ControlReached;
  const answers: boolean[] = [];

  beforeEach(async () => {
    await log.ensureTopics(1);
    reached = new ControlReached(
      {
        endOffsets: () => {
          asked += 1;
          return Promise.resolve([end]);
        },
      },
      control,
    );
  });

  afterEach(async () => {
    reached.stop();
    await control.stop();
    await log.close();
  });

  it('waits until the table has passed it, and the log is asked once for all that wait; past the end it goes on', async () => {
    await control.start(log, { onNewer: () => {}, onUnreadable: () => {}, onError: () => {} });
    for (const position of [0, 2, 2, 4]) reached.whenAt(position, (is) => answers.push(is));
    expect(answers).toEqual([true]);
    await new Promise(setImmediate);
    expect(answers).toEqual([true, false]);
    expect(asked).toBe(1);
    await log.append([fact(0), fact(1)]);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(answers).toEqual([true, false, true, true]);
    end = 9;
    reached.whenAt(5, (is) => answers.push(is));
    reached.stop();
    await control.stop();
    await new Promise(setImmediate);
    expect(answers).toHaveLength(4);
  });
});
