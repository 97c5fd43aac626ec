import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { allDeliveries } from '../support/all-deliveries.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';
import { writeSingleAttemptContracts } from '../support/single-attempt-contracts.ts';

const COUNT = 150;
const SINCE = '2020-01-01T00:00:00Z';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly asked: number;
  readonly outcomes: Readonly<Record<string, number>> | null;
}
interface Plan {
  readonly total: number;
  readonly to_send: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly up_to_date: boolean;
}

describe('replays', () => {
  let files: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: EngineUnderTest;
  const customer = new CustomerServer();
  let url = '';

  beforeAll(async () => {
    files = await makeDataFolder('replay-contracts');
    url = await customer.open();
    engine = await openEngine('replays', {
      HYPERHOOK_CONTRACTS_DIR: await writeSingleAttemptContracts(files.path),
    });
    for (const contract of ['once', 'strict']) {
      await engine.must('POST', '/tenants', { id: contract, name: contract, contract });
    }
  }, 180_000);
  afterAll(async () => {
    await engine?.remove();
    await customer.close();
    await files.remove();
  }, 180_000);

  async function publish(tenant: string, from: number, count: number): Promise<void> {
    const of = { tenant, type: 'order.paid' };
    const batch = Array.from({ length: count }, (_, n) => ({ ...of, id: `ev_${from + n}`, data: { n } }));
    await engine.must('POST', '/events', batch);
  }

  const plan = (what: object) => engine.must<Plan>('POST', '/replays', { ...what, dry_run: true });

  /** The plan comes to be that of `total`, and the job does what it said. */
  async function doesAsPlanned(what: object, total: number): Promise<Job> {
    const planned = await eventually(async () => {
      const now = await plan(what);
      expect(now).toMatchObject({ total, up_to_date: true });
      return now;
    }, 30_000);
    const { id } = await engine.must<Job>('POST', '/replays', { ...what, rate: 1_000 });
    const job = await ended(id);
    expect(job).toMatchObject({ total, asked: planned.to_send, skipped: planned.skipped });
    return job;
  }

  const ended = (id: string) =>
    eventually(async () => {
      const job = await engine.must<Job>('GET', `/replays/${id}`);
      expect(job.state).toBe('finished');
      expect(Object.values(job.outcomes ?? {}).reduce((sum, one) => sum + one, 0)).toBe(job.asked);
      expect(job.outcomes).not.toHaveProperty('pending');
      return job;
    }, 30_000);

  const webhook = async (tenant: string, path: string) =>
    (await engine.must<{ id: string }>('POST', `/webhooks?tenant=${tenant}`, { url: url + path })).id;

  it('send everything that failed since a time, once each, with the same id and bytes', async () => {
    const id = await webhook('once', '/failing');
    customer.answer = () => 500;
    await publish('once', 0, COUNT);
    await eventually(() => expect(customer.at('/failing')).toHaveLength(COUNT), 30_000);
    customer.answer = () => 200;
    const what = { what: 'failed', filter: { since: SINCE }, tenant: 'once' };
    const job = await doesAsPlanned(what, COUNT);
    expect(job.outcomes).toEqual({ delivered: COUNT });
    const sent = customer.at('/failing');
    expect(sent).toHaveLength(2 * COUNT);
    const first = new Map(
      sent.slice(0, COUNT).map((one) => [one.headers['webhook-id'], one.body.toString()]),
    );
    const second = new Map(sent.slice(COUNT).map((one) => [one.headers['webhook-id'], one.body.toString()]));
    expect(Object.fromEntries(second)).toEqual(Object.fromEntries(first));
    const history = await allDeliveries(engine, `webhook=${id}`);
    expect(new Set(history.map(({ status, asked_by: by }) => `${status} ${by}`))).toEqual(
      new Set(['delivered replay']),
    );
    expect((await plan(what)).total).toBe(0);
  }, 120_000);

  it('send what a webhook missed before it was there', async () => {
    const id = await webhook('once', '/late');
    const what = { what: 'missed', filter: { webhook: id } };
    const job = await doesAsPlanned(what, COUNT);
    expect(job.outcomes).toEqual({ delivered: COUNT });
    expect(new Set(customer.at('/late').map(({ headers }) => headers['webhook-id'])).size).toBe(COUNT);
    expect(customer.at('/late')).toHaveLength(COUNT);
    expect((await plan(what)).total).toBe(0);
  }, 120_000);

  it('that fail again neither disable a webhook nor go to one that is off unless told to (R24)', async () => {
    const id = await webhook('strict', '/broken');
    customer.answer = () => 500;
    await publish('strict', 0, 1);
    await eventually(async () => {
      const { status } = await engine.must<{ status: string }>('GET', `/webhooks/${id}`);
      expect(status).toBe('failed');
    }, 30_000);
    const what = { what: 'failed', filter: { webhook: id, since: SINCE } };
    const shy = await doesAsPlanned(what, 1);
    expect(shy).toMatchObject({ asked: 0, skipped: { webhook_inactive: 1 } });
    const bold = await doesAsPlanned({ ...what, include_inactive: true }, 1);
    expect(bold.outcomes).toEqual({ failed: 1 });
    await engine.must('POST', `/webhooks/${id}/enable`, { held: 'keep' });
    const again = await doesAsPlanned(what, 1);
    expect(again.outcomes).toEqual({ failed: 1 });
    expect(await engine.must('GET', `/webhooks/${id}`)).toMatchObject({ status: 'active' });
    await engine.must('DELETE', `/webhooks/${id}`);
  }, 120_000);

  it('release and discard what an enabling left held', async () => {
    const id = await webhook('strict', '/holding');
    const path = `/webhooks/${id}`;
    const holds = (held: number) =>
      eventually(async () => expect(await engine.must('GET', path)).toMatchObject({ held }), 30_000);
    const failAndHold = async (from: number) => {
      customer.answer = () => 500;
      await publish('strict', from, 1);
      await eventually(
        async () => expect(await engine.must('GET', path)).toMatchObject({ status: 'failed' }),
        30_000,
      );
      customer.answer = () => 200;
      await publish('strict', from + 1, 20);
      await holds(20);
      await engine.must('POST', `${path}/enable`, { held: 'keep' });
    };
    await failAndHold(100);
    const released = await engine.must<Job>('POST', `${path}/held/release`, { rate: 500 });
    expect(released.total).toBe(20);
    expect((await ended(released.id)).outcomes).toEqual({ delivered: 20 });
    expect(customer.at('/holding')).toHaveLength(21);
    await holds(0);
    await failAndHold(200);
    const discarded = await engine.must<Job>('POST', `${path}/held/discard`);
    expect((await ended(discarded.id)).outcomes).toEqual({ cancelled: 20 });
    await holds(0);
    expect(customer.at('/holding')).toHaveLength(22);
  }, 120_000);
});
