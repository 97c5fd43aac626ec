import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { makeDataFolder } from '../support/data-folder.ts';
import { queryInstallation } from '../support/installation-database.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { writeSingleAttemptContracts } from '../support/single-attempt-contracts.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

const EVENTS = 10_000;
const PER_REQUEST = 1_000;
const RATE = 1_000;
const KILLS = 2;
/** Attempts of one endpoint in flight at most. */
const PER_LANE = 64;
const SINCE = '2020-01-01T00:00:00Z';

interface Job {
  readonly id: string;
  readonly chain: number;
  readonly state: string;
  readonly asked: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

const figure = (count = 0): string => count.toLocaleString('en-US');

const inLog = (topic: string, chain: number): string => `
  SELECT count(*)::integer AS records, count(DISTINCT headers::jsonb ->> 'delivery-id')::integer AS deliveries
  FROM hyperhook_log.records
  WHERE topic = (SELECT id FROM hyperhook_log.topics WHERE name = '${topic}')
    AND headers::jsonb ->> 'chain' = '${chain}'`;

describe('a replay whose process is killed', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;
  // The first request for each event fails, and with it its delivery; whatever comes later is taken.
  const receiver = new LedgerReceiver((_, nth) => ({ status: nth === 0 ? 500 : 200 }));

  beforeAll(async () => {
    folder = await makeDataFolder('replay');
    engine = new StandaloneProcess({
      HYPERHOOK_DATA_DIR: folder.path,
      HYPERHOOK_CONTRACTS_DIR: await writeSingleAttemptContracts(folder.path),
    });
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

  it('asks for each failed delivery once, and each is delivered once', async () => {
    const base = await receiver.open();
    await engine.must('POST', '/tenants', { id: 'shop', name: 'shop', contract: 'once' });
    await engine.must('POST', '/webhooks?tenant=shop', { url: `${base}/hook` });
    for (let first = 0; first < EVENTS; first += PER_REQUEST) {
      const batch = Array.from({ length: PER_REQUEST }, (_, n) => ({
        id: `ev_${first + n}`,
        type: 'order.paid',
        tenant: 'shop',
        data: { n: first + n },
      }));
      await engine.must('POST', '/events', batch);
    }
    const what = { what: 'failed', filter: { since: SINCE }, tenant: 'shop' };
    await eventually(async () => {
      const plan = await engine.must('POST', '/replays', { ...what, dry_run: true });
      expect(plan).toEqual({ dry_run: true, total: EVENTS, to_send: EVENTS, skipped: {}, up_to_date: true });
    }, 60_000);
    expect(receiver.receipts).toHaveLength(EVENTS);

    const began = performance.now();
    const { id, chain } = await engine.must<Job>('POST', '/replays', { ...what, rate: RATE });
    const job = () => engine.must<Job>('GET', `/replays/${id}`);
    /** Attempts that were in flight at the kills: what came, and no outcome tells of. */
    let unsettled = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // In mid-job, as the asking goes and not as the deliveries do: those come after it.
      await eventually(async () => {
        const { state, asked } = await job();
        expect(state).toBe('running');
        expect(asked).toBeGreaterThanOrEqual((EVENTS * kill) / (KILLS + 2));
      }, 60_000);
      await engine.kill();
      await eventually(() => expect(receiver.inFlight).toBe(0));
      const [settled] = await queryInstallation<{ records: number }>(folder.path, inLog('outcomes', chain));
      unsettled = receiver.receipts.length - EVENTS - (settled?.records ?? 0);
      await engine.start();
    }
    await eventually(async () => {
      expect(await job()).toMatchObject({ state: 'finished', asked: EVENTS, skipped: {} });
    }, 60_000);
    await eventually(async () => expect((await job()).outcomes).toEqual({ delivered: EVENTS }), 60_000);
    const tookMs = performance.now() - began;

    const [asked] = await queryInstallation<{ records: number; deliveries: number }>(
      folder.path,
      inLog('deliveries', chain),
    );
    const [ended] = await queryInstallation<{ records: number; deliveries: number }>(
      folder.path,
      inLog('outcomes', chain),
    );
    const good = receiver.receipts.filter(({ status }) => status === 200);
    const again = good.length - new Set(good.map((receipt) => receipt.id)).size;
    const twice = (ended?.records ?? 0) - (ended?.deliveries ?? 0);
    process.stdout.write(
      `replay: ${figure(asked?.deliveries)} asked, ${figure(ended?.deliveries)} delivered, ${twice} twice, killed ${KILLS} times; ` +
        `${(asked?.records ?? 0) - EVENTS} copies in the log, ${again} requests repeated of ${unsettled} in flight at the kills, ` +
        `${(tookMs / 1_000).toFixed(1)} s\n`,
    );
    // One chain for each, and one end of it. What was asked for is read back, so not even copies are needed.
    expect(asked).toEqual({ records: EVENTS, deliveries: EVENTS });
    expect(ended).toEqual({ records: EVENTS, deliveries: EVENTS });
    expect(new Set(good.map((receipt) => receipt.id)).size).toBe(EVENTS);
    // P4: only what was in flight at a kill may be sent again.
    expect(again).toBeLessThanOrEqual(unsettled);
    expect(unsettled).toBeLessThanOrEqual(KILLS * PER_LANE);
    // And nothing is left that failed.
    const left = await engine.must('POST', '/replays', { ...what, dry_run: true });
    expect(left).toMatchObject({ total: 0, to_send: 0 });
  }, 180_000);
});
