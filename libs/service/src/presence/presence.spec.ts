import { MemoryLog, MemoryStore } from '#log';
import { eventually } from '#testkit';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Presence } from './presence.ts';
import { processIdentity } from './process-identity.ts';
import { recentProcesses } from './recent-processes.ts';

describe('processes that tell of themselves', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  const openLog = () => {
    const store = new MemoryStore();
    store.ensureTopics(4);
    const log = new MemoryLog(store);
    closing.push(() => log.close());
    return log;
  };
  const stands = { dispatcher: [{ topic: 'events', partition: 2, position: 7 }] } as const;
  const start = (log: MemoryLog, role: string, inFlight: number | null = null) => {
    const presence = new Presence({
      log,
      identity: processIdentity(role),
      activity: () => ({ inFlight, stands }),
      everyMs: 10,
    });
    presence.start();
    closing.push(() => presence.stop());
    return presence;
  };

  it('are seen by whoever asks, each once, with what they do now', async () => {
    const log = openLog();
    start(log, 'dispatcher', 3);
    start(log, 'admin');
    await eventually(async () => {
      const [end = 0] = await log.endOffsets('processes');
      expect(end).toBeGreaterThan(6);
    });
    const found = await recentProcesses(log)();
    expect(found.map(({ role, inFlight }) => [role, inFlight])).toEqual([
      ['admin', null],
      ['dispatcher', 3],
    ]);
    expect(found[1]).toMatchObject({ pid: process.pid, stands, version: expect.stringMatching(/^\d/) });
  });

  it('are gone at once when they stop, and soon when they fall silent', async () => {
    const log = openLog();
    const one = start(log, 'dispatcher');
    start(log, 'projector');
    await eventually(async () => expect(await recentProcesses(log)()).toHaveLength(2));
    await one.stop();
    expect((await recentProcesses(log)()).map(({ role }) => role)).toEqual(['projector']);
    const later = {
      read: log.read.bind(log),
      endOffsets: log.endOffsets.bind(log),
      now: () => log.now() + 8_000,
    };
    expect(await recentProcesses(later)()).toEqual([]);
  });

  it('do not stand in the way of a stop when the log is away', async () => {
    const log = { now: Date.now, append: () => new Promise<never>(() => undefined) };
    const presence = new Presence({
      log,
      identity: processIdentity('admin'),
      activity: () => ({ inFlight: null, stands }),
    });
    presence.start();
    await presence.stop();
  });

  it('are asked for once, by however many ask at a time, and again after a failure', async () => {
    const log = openLog();
    let asked = 0;
    let isAway = true;
    const recent = recentProcesses({
      now: () => log.now(),
      read: log.read.bind(log),
      endOffsets: async (topic) => {
        asked += 1;
        if (isAway) throw new Error('away');
        return log.endOffsets(topic);
      },
    });
    await expect(recent()).rejects.toThrow('away');
    isAway = false;
    await Promise.all([recent(), recent(), recent()]);
    expect(asked).toBe(2);
  });
});
