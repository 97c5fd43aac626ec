import { LogError } from '#log';
import { Presence, processIdentity } from '#service';
import { eventually } from '#testkit';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AdminWorld, type WorldOptions } from '../../fixtures/admin-world.ts';
import { processReport } from '../../fixtures/rows.ts';

describe('GET /processes', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  const start = async (options: WorldOptions = {}) => {
    const world = await AdminWorld.start(options);
    closing.push(() => world.close());
    return world;
  };

  it('shows those that tell of themselves in the log', async () => {
    const world = await start();
    const presence = new Presence({
      log: world.log,
      identity: processIdentity('dispatcher'),
      activity: () => ({ inFlight: 5, stands: {} }),
      everyMs: 10,
    });
    presence.start();
    closing.push(() => presence.stop());
    await eventually(async () => {
      const { body } = await world.send('GET', '/processes');
      expect(body['data']).toMatchObject([
        { role: 'dispatcher', pid: process.pid, in_flight: 5, partitions: [] },
      ]);
    });
  });

  it('adds up what each group has not done, of all its processes; what two of them tell of counts once', async () => {
    const one = { topic: 'control', partition: 0 } as const;
    const world = await start({
      processes: async () => [
        processReport({
          stands: { policies: [{ ...one, position: 0 }], dispatcher: [{ ...one, position: 1 }] },
        }),
        processReport({
          id: 'p2',
          role: 'projector',
          inFlight: null,
          stands: { policies: [{ ...one, position: 1 }] },
        }),
      ],
    });
    const [end = 0] = await world.log.endOffsets('control');
    const { status, body } = await world.send('GET', '/processes');
    expect(status).toBe(200);
    expect(body['lag']).toEqual([
      { group: 'dispatcher', topic: 'control', records: end - 1 },
      { group: 'policies', topic: 'control', records: end - 1 },
    ]);
    expect(body['data']).toEqual([
      {
        id: 'p1',
        role: 'dispatcher',
        host: 'node-1',
        pid: 42,
        version: '0.1.0',
        started_at: '2026-11-28T11:00:00.000Z',
        told_at: '2026-11-28T12:00:00.000Z',
        in_flight: 3,
        partitions: [0],
      },
      expect.objectContaining({ id: 'p2', role: 'projector', in_flight: null, partitions: [0] }),
    ]);
  });

  it('is the operator’s, and 503 while the log does not answer', async () => {
    const away = async () => {
      throw new LogError('log_unavailable', 'no broker');
    };
    const world = await start({ processes: away });
    expect((await world.send('GET', '/processes')).status).toBe(503);
    const { key } = await world.tenant('hyprwatch');
    expect((await world.send('GET', '/processes', { key })).status).toBe(403);
  });
});
