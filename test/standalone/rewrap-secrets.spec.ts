import { createHmac, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { runEngine } from '../support/run-engine.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

// Every case and race is in libs/control/src/secrets/rewrap-secrets.spec.ts; this is the command, on a data folder.
describe('npm run rewrap-secrets', () => {
  const server = new CustomerServer();
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;

  beforeAll(async () => {
    folder = await makeDataFolder('rewrap');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await engine.start();
  }, 60_000);

  afterAll(async () => {
    await engine?.stop();
    await folder?.remove();
    await server.close();
  }, 60_000);

  it('lets the old key be taken away: deliveries are signed with the same secret, headers are sent', async () => {
    const url = await server.open();
    const key = engine.rootKey;
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await engine.must('POST', '/tenants', { id: 'acme', name: 'Acme', contract: 'hyprwatch' }, key);
    const headers = { authorization: 'Bearer of-the-customer' };
    await engine.must('POST', '/webhooks?tenant=acme', { url: `${url}/a`, secret, headers }, key);
    await engine.stop();

    const file = join(folder.path, 'secret.key');
    const old = (await readFile(file, 'utf8')).trim();
    const fresh = `k2:${randomBytes(32).toString('base64')}`;
    await writeFile(file, `${fresh},${old}\n`);
    const env = { HYPERHOOK_DATA_DIR: folder.path };
    const first = await runEngine(['rewrap-secrets'], env);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sealed anew: 1 of 1 /) });
    const second = await runEngine(['rewrap-secrets'], env);
    expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sealed anew: 0 of 1 /) });

    await writeFile(file, `${fresh}\n`);
    await engine.start();
    const data = { host_id: 'h_1', hostname: 'web-1', platform: 'linux' };
    await engine.must('POST', '/events', { tenant: 'acme', type: 'host.online', data }, key);
    const [arrival] = await eventually(() => {
      expect(server.arrivals).toHaveLength(1);
      return server.arrivals;
    }, 30_000);
    const digest = createHmac('sha256', secret).update(arrival!.body).digest('hex');
    expect(arrival!.headers).toMatchObject({ ...headers, 'x-hyprwatch-signature': `sha256=${digest}` });

    // And with a key that is not the one, it says so.
    await engine.stop();
    await writeFile(file, `k3:${randomBytes(32).toString('base64')}\n`);
    const refused = await runEngine(['rewrap-secrets'], env);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('sealed with key k2') });
    await writeFile(file, `${fresh}\n`);
  }, 120_000);
});
