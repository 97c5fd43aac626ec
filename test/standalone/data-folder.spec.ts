import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDataFolder } from '../support/data-folder.ts';
import { runEngine } from '../support/run-engine.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

// What separate processes do instead is in test/kafka/beside-each-other.spec.ts.
describe('standalone only: the data folder', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;

  beforeAll(async () => {
    folder = await makeDataFolder('folder');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await engine.start();
  }, 60_000);

  afterAll(async () => {
    await engine?.stop();
    await folder?.remove();
  }, 60_000);

  it('keeps the key that the first start made and showed; later starts show it no more', async () => {
    const key = engine.rootKey;
    expect(key).toMatch(/^hh_root_/);
    expect(await engine.stop()).toBe(0);
    const again = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await again.start();
    expect(again.rootKey).toBe('');
    expect((await again.call('GET', '/tenants', undefined, key)).status).toBe(200);
    engine = again;
  }, 30_000);

  it('refuses a second engine on the same folder, and says who is there', async () => {
    const second = await runEngine([], { HYPERHOOK_DATA_DIR: folder.path });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`is in use by process ${engine.pid}`);
    expect(second.stderr).toContain('stop that one first, or use another folder');
    expect((await fetch(`${engine.url}/readyz`)).status).toBe(200);
  }, 30_000);

  it('refuses a rebuild beside a running engine', async () => {
    const rebuild = await runEngine(['rebuild'], { HYPERHOOK_DATA_DIR: folder.path });
    expect(rebuild.code).toBe(1);
    expect(rebuild.stderr).toContain(`is in use by process ${engine.pid}`);
  }, 30_000);
});
