import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#testkit';
import { makeDataFolder } from '../support/data-folder.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

const EVENTS = 3_000;
const PER_REQUEST = 25;
const KILLS = 5;
/** Attempts of one endpoint in flight at most: what one kill may repeat (P4). */
const PER_LANE = 64;

interface Delivery {
  readonly id: string;
  readonly event_id: string;
  readonly endpoint_id: string;
  readonly status: string;
}

describe('kill -9 of the standalone process in mid-burst', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;
  // `/ok` answers at once, `/slow` keeps attempts in flight, `/flaky` fails each event's first attempt.
  const receiver = new LedgerReceiver((path, nth) => {
    if (path === '/slow') return { status: 200, delayMs: 20 };
    return { status: path === '/flaky' && nth === 0 ? 500 : 200 };
  });

  beforeAll(async () => {
    folder = await makeDataFolder('kill');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, HYPERHOOK_TIME_SCALE: '0.05' });
    await engine.start();
  }, 60_000);

  afterAll(async () => {
    await engine.stop();
    await receiver.close();
    await folder.remove();
  }, 60_000);

  it('loses nothing, and repeats at most what was in flight', async () => {
    const base = await receiver.open();
    const paths = ['/ok', '/slow', '/flaky', '/dead'];
    await engine.must('POST', '/tenants', { id: 'burst', name: 'burst', contract: 'hypertune' });
    const endpoints = new Map<string, string>();
    for (const path of paths) {
      // Nothing listens on port 9 of loopback: every attempt fails, to the end of the schedule.
      const url = path === '/dead' ? 'http://127.0.0.1:9/dead' : base + path;
      const { id } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=burst', { url });
      endpoints.set(path, id);
    }

    const accepted = new Set<string>();
    let publishing = true;
    const kills = (async () => {
      let bound = 0;
      for (let n = 0; n < KILLS; n += 1) {
        await delay(150 + Math.random() * 500);
        const before = receiver.inFlight;
        await engine.kill();
        bound += PER_LANE * paths.length;
        expect(before).toBeLessThanOrEqual(bound);
        await engine.start();
      }
      publishing = false;
      return bound;
    })();
    for (let first = 0; first < EVENTS; first += PER_REQUEST) {
      const batch = Array.from({ length: PER_REQUEST }, (_, n) => ({
        id: `ev${String(first + n).padStart(19, '0')}`,
        type: 'NEW_COMMIT',
        tenant: 'burst',
        data: { n: first + n },
      }));
      // An answer that was lost says nothing: the same ids are published again until one comes (P10).
      for (;;) {
        try {
          const answer = await engine.call('POST', '/events', batch);
          if (answer.status === 202) break;
        } catch {
          // The engine is down: that is the point.
        }
        await delay(25);
      }
      for (const { id } of batch) accepted.add(id);
      // Stretch the burst over all kills.
      if (publishing) await delay(15);
    }
    const bound = await kills;

    const deliveredTo = (path: string) =>
      new Set(receiver.receipts.filter((one) => one.path === path && one.status === 200).map(({ id }) => id));
    await eventually(() => {
      for (const path of ['/ok', '/slow', '/flaky']) expect(deliveredTo(path).size).toBe(EVENTS);
    }, 90_000);

    const successes = receiver.receipts.filter(({ status }) => status === 200).length;
    const duplicates = successes - 3 * EVENTS;
    const lost = ['/ok', '/slow', '/flaky'].reduce((sum, path) => sum + EVENTS - deliveredTo(path).size, 0);
    console.log(
      `accepted ${accepted.size}, delivered ${successes - duplicates}, lost ${lost}, duplicated ${duplicates}, bound ${bound}`,
    );
    expect(accepted.size).toBe(EVENTS);
    expect(lost).toBe(0);
    expect(duplicates).toBeLessThanOrEqual(bound);

    // The history agrees: every delivery is there once, with an end or a next attempt.
    const dead = endpoints.get('/dead');
    await eventually(async () => {
      const stats = await countByStatus(engine, dead ?? '');
      expect(stats.total).toBe(EVENTS);
      expect(stats.other).toBe(0);
    }, 60_000);
  }, 240_000);
});

async function countByStatus(
  engine: StandaloneProcess,
  endpoint: string,
): Promise<{ total: number; other: number }> {
  let total = 0;
  let other = 0;
  let cursor = '';
  do {
    const page = await engine.must<{ data: Delivery[]; next: string | null }>(
      'GET',
      `/deliveries?tenant=burst&webhook=${endpoint}&limit=100${cursor}`,
    );
    total += page.data.length;
    other += page.data.filter(({ status }) => !['pending', 'failed'].includes(status)).length;
    cursor = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (cursor !== '');
  return { total, other };
}
