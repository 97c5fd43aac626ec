import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { allDeliveries } from '../support/all-deliveries.ts';
import { appNames } from '../support/app-process.ts';
import { LedgerReceiver } from '../support/ledger-receiver.ts';
import { runEngine } from '../support/run-engine.ts';
import { SeparateEngine } from '../support/separate-engine.ts';

const EX_CONFIG = 78;
const idOf = (n: number): string => `beside${String(n).padStart(15, '0')}`;

// What a data folder refuses in test/standalone/data-folder.spec.ts is everyday here, and has to be harmless.
describe('separate processes only: the same installation beside itself', () => {
  let engine: SeparateEngine;
  const receiver = new LedgerReceiver();

  beforeAll(async () => {
    engine = await SeparateEngine.open({ HYPERHOOK_PARTITIONS: '4' });
    await engine.start();
    const url = await receiver.open();
    await engine.must('POST', '/tenants', { id: 'load', name: 'load', contract: 'hypertune' });
    await engine.must('POST', '/webhooks?tenant=load', { url: `${url}/a` });
  }, 240_000);

  afterAll(async () => {
    await engine?.remove();
    await receiver.close();
  }, 120_000);

  /** Publishes until `work` is through; resolves with the ids that were accepted. */
  async function publishingWhile(work: () => Promise<void>): Promise<ReadonlySet<string>> {
    const accepted = new Set<string>();
    const ended = new AbortController();
    const publish = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        const id = idOf(receiver.receipts.length * 1_000_000 + accepted.size);
        await engine.must('POST', '/events', { id, tenant: 'load', type: 'LOADED', data: {} });
        accepted.add(id);
      }
    };
    const publishing = publish();
    await work().finally(() => ended.abort());
    await publishing;
    return accepted;
  }

  const deliveredOnce = (accepted: ReadonlySet<string>) =>
    eventually(() => {
      const arrived = receiver.receipts.map(({ id }) => id).filter((id) => accepted.has(id));
      expect(new Set(arrived).size).toBe(accepted.size);
      expect(arrived).toHaveLength(accepted.size);
    }, 60_000);

  it('a second engine of the same installation shares the work: nothing comes twice', async () => {
    const accepted = await publishingWhile(async () => {
      await Promise.all(appNames.map((app) => engine.processes.add(app)));
      const before = receiver.receipts.length;
      await eventually(() => expect(receiver.receipts.length).toBeGreaterThan(before + 50), 60_000);
    });
    await deliveredOnce(accepted);
  }, 180_000);

  it('a rebuild beside running projectors mends the tables, and loses nothing that happens meanwhile', async () => {
    const before = await allDeliveries(engine, 'tenant=load');
    await engine.withTables((query) => query(`UPDATE hyperhook.deliveries SET status = 'failed'`));
    const accepted = await publishingWhile(async () => {
      const rebuilt = await engine.rebuild();
      expect(rebuilt).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^rebuilt from \d+ records in/),
      });
    });
    await deliveredOnce(accepted);
    await eventually(async () => {
      const all = await allDeliveries(engine, 'tenant=load');
      expect(all.length).toBeGreaterThanOrEqual(before.length + accepted.size);
      expect(all.filter(({ status }) => status !== 'delivered')).toEqual([]);
      const there = new Set(all.map((one) => one.event_id));
      expect([...accepted].filter((id) => !there.has(id))).toEqual([]);
    }, 60_000);
  }, 180_000);

  it('keeps the root key that it was created with, whatever key, or none, a later start is given', async () => {
    const { HYPERHOOK_ROOT_KEY: kept = '', ...env } = engine.processes.env;
    const other = `hh_root_${randomBytes(24).toString('hex')}`;
    const later = await engine.processes.add('admin', { HYPERHOOK_ROOT_KEY: other });
    const ask = async (key: string): Promise<number> => {
      const answer = await fetch(`${later.url}/api/v1/tenants`, {
        headers: { authorization: `Bearer ${key}` },
      });
      await answer.body?.cancel();
      return answer.status;
    };
    expect([await ask(kept), await ask(other)]).toEqual([200, 401]);
    // Only where nobody could administer it, a start without a key is refused.
    const fresh = { ...env, HYPERHOOK_KAFKA_PREFIX: `${engine.processes.prefix}fresh.` };
    const refused = await runEngine([], fresh, 'admin');
    expect(refused.code).toBe(EX_CONFIG);
    expect(refused.stderr).toContain('HYPERHOOK_ROOT_KEY: this installation has no root key yet');
  }, 120_000);
});
