import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import type { AppName } from '../support/app-process.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { runEngine } from '../support/run-engine.ts';
import { SeparateEngine } from '../support/separate-engine.ts';

const [k1, k2] = ['k1', 'k2'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
const keys = (list: string) => ({ HYPERHOOK_SECRET_KEYS: list });

// As docs/deployment.md says it: both keys to all, rewrap beside running processes, the old key away.
describe('separate processes: the key that seals secrets is changed', () => {
  const server = new CustomerServer();
  let engine: SeparateEngine;

  beforeAll(async () => {
    engine = await SeparateEngine.open({ HYPERHOOK_PARTITIONS: '2', ...keys(k1!) });
    await engine.start();
  }, 240_000);
  afterAll(async () => {
    await engine?.remove();
    await server.close();
  }, 120_000);

  /** Another copy with this list of keys, then the ones before it are stopped. */
  async function roll(list: string): Promise<void> {
    for (const app of ['admin', 'dispatcher'] satisfies AppName[]) {
      const before = engine.processes.of(app);
      await engine.processes.add(app, keys(list));
      await Promise.all(before.map((one) => one.stop()));
    }
  }

  it('deliveries are signed with the same secret all the time', async () => {
    const url = await server.open();
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hyprwatch' });
    const headers = { authorization: 'Bearer of-the-customer' };
    await engine.must('POST', '/webhooks?tenant=acme', { url: `${url}/a`, secret, headers });
    const delivered = async (count: number): Promise<void> => {
      const data = { host_id: 'h_1', hostname: 'web-1', platform: 'linux' };
      await engine.must('POST', '/events', { tenant: 'acme', type: 'host.online', data });
      await eventually(() => expect(server.arrivals).toHaveLength(count), 60_000);
      const { body, headers: came } = server.arrivals.at(-1)!;
      const digest = createHmac('sha256', secret).update(body).digest('hex');
      expect(came).toMatchObject({ ...headers, 'x-hyprwatch-signature': `sha256=${digest}` });
    };
    await delivered(1);
    await roll(`${k2},${k1}`);
    const env = { ...engine.processes.env, ...keys(`${k2},${k1}`) };
    const done = await runEngine(['rewrap-secrets'], env, 'admin');
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sealed anew: 1 of 1 /) });
    await delivered(2);
    await roll(k2!);
    await delivered(3);
  }, 240_000);
});
