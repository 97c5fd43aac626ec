import { eventually } from '../../libs/testkit/src/eventually.ts';
import { Burst, burstId, openEndpoints } from '../../test/support/burst.ts';
import { makeDataFolder } from '../../test/support/data-folder.ts';
import { queryInstallation } from '../../test/support/installation-database.ts';
import { LedgerReceiver } from '../../test/support/ledger-receiver.ts';
import { StandaloneProcess } from '../../test/support/standalone-process.ts';
import { BURST, threeTimes, type Toll } from './killing.ts';

const SETTLES_WITHIN_MS = 120_000;
const TENANT = 'burst';

/** Attempts whose outcome is durable, by the log itself. */
const settledAttempts = `
  SELECT count(*)::integer AS count FROM hyperhook_log.records
  WHERE topic = (SELECT id FROM hyperhook_log.topics WHERE name = 'outcomes')
    AND headers::jsonb ->> 'outcome' IN ('delivered', 'retry', 'failed')`;

/** Its PostgreSQL lives on, and is found again by the next start. */
export async function killStandalone(): Promise<Toll> {
  await using opened = new AsyncDisposableStack();
  const folder = await makeDataFolder('bench-kills');
  opened.defer(() => folder.remove());
  const receiver = new LedgerReceiver();
  opened.defer(() => receiver.close());
  const base = await receiver.open();
  const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
  opened.defer(async () => void (await engine.stop()));
  await engine.start();
  await openEndpoints(engine, base, [TENANT], ['ok']);
  const settled = async (): Promise<number> => {
    const [row] = await queryInstallation<{ count: number }>(folder.path, settledAttempts);
    return row?.count ?? 0;
  };
  const burst = new Burst(engine, { ...BURST, tenants: [TENANT] });
  let inFlight = 0;
  await burst.during(() =>
    threeTimes(burst, async () => {
      await engine.kill();
      await eventually(() => mustBe(receiver.inFlight === 0, 'the receiver still answers'));
      inFlight = receiver.receipts.length - (await settled());
      await engine.start();
    }),
  );
  const wanted = burst.numbers.map(burstId);
  const unique = () => new Set(receiver.receipts.map(({ id }) => id));
  await eventually(async () =>
    mustBe((await settled()) + inFlight >= receiver.receipts.length, 'not settled'),
  );
  await eventually(() => mustBe(unique().size >= wanted.length, 'not delivered'), SETTLES_WITHIN_MS).catch(
    () => {},
  );
  const got = unique();
  return {
    accepted: burst.accepted,
    lost: wanted.filter((id) => !got.has(id)).length,
    twice: receiver.receipts.length - got.size,
    inFlight,
  };
}

function mustBe(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
