import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#testkit';
import { allDeliveries } from '../support/all-deliveries.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { queryInstallation } from '../support/installation-database.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

const EVENTS = 3_000;
const PER_REQUEST = 25;
const PUBLISHERS = 3;
const KILLS = 5;
/** Attempts of one endpoint in flight at most. */
const PER_LANE = 64;
/** Of Hypertune's page: one send, then seven delays. */
const ATTEMPTS = 8;

/** Every third event is of a type that the always failing endpoint wants too. */
const typeOf = (n: number): string => (n % 3 === 0 ? 'DEPLOYED' : 'COMMITTED');
const idOf = (n: number): string => `ev${String(n).padStart(19, '0')}`;

/** Attempts whose outcome is durable, by the log itself. */
const settledAttempts = `
  SELECT count(*)::integer AS count FROM hyperhook_log.records
  WHERE topic = (SELECT id FROM hyperhook_log.topics WHERE name = 'outcomes')
    AND headers::jsonb ->> 'outcome' IN ('delivered', 'retry', 'failed')`;

describe('kill -9 of the standalone process in mid-burst', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;
  // `/ok` answers at once, `/slow` keeps attempts in flight, `/flaky` fails each event's first attempt, `/dead` all.
  const paths = ['/ok', '/slow', '/flaky', '/dead'] as const;
  const receiver = new LedgerReceiver((path, nth) => {
    if (path === '/slow') return { status: 200, delayMs: 20 };
    return { status: path === '/dead' || (path === '/flaky' && nth === 0) ? 500 : 200 };
  });

  beforeAll(async () => {
    folder = await makeDataFolder('kill');
    // Six hours of retries in twelve seconds, so that the failing endpoint comes to its end within the test.
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, HYPERHOOK_TIME_SCALE: '0.0005' });
    await engine.start();
  }, 60_000);

  afterAll(async () => {
    await engine.kill();
    // Finds the PostgreSQL that was left behind, and stops with it.
    await engine.start();
    await engine.stop();
    await receiver.close();
    await folder.remove();
  }, 60_000);

  it('loses nothing, and repeats at most what was in flight', async () => {
    const base = await receiver.open();
    await engine.must('POST', '/tenants', { id: 'burst', name: 'burst', contract: 'hypertune' });
    const endpoints = new Map<string, string>();
    for (const path of paths) {
      const { id } = await engine.must<{ id: string }>('POST', '/webhooks?tenant=burst', {
        url: base + path,
        ...(path === '/dead' ? { events: ['DEPLOYED'] } : {}),
      });
      endpoints.set(path, id);
    }

    let next = 0;
    let accepted = 0;
    const ended = new AbortController();
    const burst = ended.signal;
    const publish = async (): Promise<void> => {
      while (next < EVENTS && !burst.aborted) {
        const first = next;
        next += PER_REQUEST;
        const batch = Array.from({ length: PER_REQUEST }, (_, n) => ({
          id: idOf(first + n),
          type: typeOf(first + n),
          tenant: 'burst',
          data: { n: first + n },
        }));
        // An answer that was lost says nothing: the same ids are published again until one comes (P10).
        while (!burst.aborted) {
          const answer = await engine.call('POST', '/events', batch).catch(() => undefined);
          if (answer?.status === 202) break;
          if (answer !== undefined && answer.status < 500)
            throw new Error(JSON.stringify(answer).slice(0, 500));
          await delay(25);
        }
        accepted += PER_REQUEST;
        await delay(5);
      }
    };

    /** At each kill: what the receiver was answering, and what the log did not yet know the outcome of. */
    const figures: { readonly answering: number; readonly unsettled: number }[] = [];
    const killing = async (): Promise<void> => {
      // Each in its own part of the burst, at a random moment of it.
      for (let n = 0; n < KILLS; n += 1) {
        const at = EVENTS * ((n + 0.1 + 0.8 * Math.random()) / KILLS);
        await eventually(() => expect(burst.aborted || accepted >= at).toBe(true), 60_000);
        if (burst.aborted) return;
        await delay(Math.random() * 50);
        const answering = receiver.inFlight;
        await engine.kill();
        await eventually(() => expect(receiver.inFlight).toBe(0));
        const [settled] = await queryInstallation<{ count: number }>(folder.path, settledAttempts);
        figures.push({ answering, unsettled: receiver.receipts.length - (settled?.count ?? 0) });
        await engine.start();
      }
    };
    const work = [...Array.from({ length: PUBLISHERS }, publish), killing()];
    // The first that fails stops the others; all have ended before anything is cleared away.
    for (const one of work) one.catch(() => ended.abort());
    await Promise.allSettled(work);
    await Promise.all(work);
    expect(accepted).toBe(EVENTS);

    const history = await eventually(async () => {
      const pending = await engine.must<{ data: object[] }>(
        'GET',
        '/deliveries?tenant=burst&status=pending&limit=1',
      );
      expect(pending.data).toEqual([]);
      const all = await allDeliveries(engine, 'tenant=burst');
      expect(all.length).toBeGreaterThanOrEqual(3 * EVENTS + EVENTS / 3);
      return all;
    }, 60_000);

    const requests = countBy(receiver.receipts.map(({ path, id }) => `${path} ${id}`));
    const good = receiver.receipts.filter(({ status }) => status === 200);
    const deliveredTo = new Set(good.map(({ path, id }) => `${path} ${id}`));
    const duplicated = good.length - deliveredTo.size;
    let lost = 0;
    for (let n = 0; n < EVENTS; n += 1) {
      for (const path of ['/ok', '/slow', '/flaky']) if (!deliveredTo.has(`${path} ${idOf(n)}`)) lost += 1;
      if (n % 3 === 0 && (requests.get(`/dead ${idOf(n)}`) ?? 0) < ATTEMPTS) lost += 1;
    }
    const repeated = figures.at(-1)?.unsettled ?? 0;
    const limit = KILLS * PER_LANE * paths.length;
    const each = figures.map(({ answering, unsettled }, at) => {
      const before = figures[at - 1]?.unsettled ?? 0;
      return `${unsettled - before} (${answering} at the receiver)`;
    });
    process.stdout.write(
      `kill -9, ${KILLS} times: ${accepted} events accepted, ${lost} deliveries lost, ${duplicated} duplicated; ` +
        `attempts in flight at the kills: ${each.join(', ')}, together ${repeated}, at most ${limit} by design\n`,
    );
    expect(lost).toBe(0);
    // P4: only what was in flight may come twice. The failing endpoint's repeats answer 500, so they are counted by
    // requests: each one made is either settled, or was in flight at a kill.
    expect(duplicated).toBeLessThanOrEqual(repeated);
    expect(repeated).toBeLessThanOrEqual(limit);
    const [settled] = await queryInstallation<{ count: number }>(folder.path, settledAttempts);
    expect(receiver.receipts.length - (settled?.count ?? 0)).toBe(repeated);

    // The history agrees: every delivery is there once, with its end.
    expect(new Set(history.map(({ id }) => id)).size).toBe(history.length);
    const ends = countBy(
      history.map((one) => `${pathOf(endpoints, one.webhook_id)} ${one.status} ${one.attempts}`),
    );
    expect(Object.fromEntries(ends)).toEqual({
      '/ok delivered 1': EVENTS,
      '/slow delivered 1': EVENTS,
      ...flakyEnds(ends),
      [`/dead failed ${ATTEMPTS}`]: EVENTS / 3,
    });
  }, 150_000);
});

/** An event whose failed first attempt was in flight at a kill is delivered by the repeat, as attempt 1. */
function flakyEnds(ends: ReadonlyMap<string, number>): Record<string, number> {
  const first = ends.get('/flaky delivered 1') ?? 0;
  return {
    ...(first === 0 ? {} : { '/flaky delivered 1': first }),
    '/flaky delivered 2': EVENTS - first,
  };
}

function pathOf(endpoints: ReadonlyMap<string, string>, id: string): string {
  return [...endpoints].find(([, endpoint]) => endpoint === id)?.[0] ?? id;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
