import { afterEach, describe, expect, it } from '@jest/globals';
import { makeDataFolder } from '../support/data-folder.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

describe('the web page of a running engine', () => {
  const closing: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<StandaloneProcess> => {
    const folder = await makeDataFolder('page');
    closing.push(() => folder.remove());
    const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path, ...env });
    closing.push(() => engine.stop());
    await engine.start();
    return engine;
  };
  const ask = (engine: StandaloneProcess, path: string) =>
    fetch(new URL(path, engine.url), { redirect: 'manual' });

  it('is where / leads, beside the API, under its own policy', async () => {
    const engine = await start();
    const home = await ask(engine, '/');
    expect([home.status, home.headers.get('location')]).toEqual([302, '/ui/']);
    const page = await ask(engine, '/ui/');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    await page.body?.cancel();
    expect((await engine.call('GET', '/contracts')).status).toBe(200);
  });

  it('can be switched off', async () => {
    const engine = await start({ HYPERHOOK_PAGE: 'off' });
    for (const path of ['/', '/ui', '/ui/']) {
      const { status, body, headers } = await ask(engine, path);
      await body?.cancel();
      expect([path, status]).toEqual([path, 404]);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });
});
