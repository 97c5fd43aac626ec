import { makeDataFolder } from '../../test/support/data-folder.ts';
import { StandaloneProcess } from '../../test/support/standalone-process.ts';
import { engineTarget } from './engine-target.ts';
import type { Target } from './target.ts';

/** One process over an embedded PostgreSQL. */
export async function startStandalone(): Promise<Target> {
  const folder = await makeDataFolder('bench');
  const engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
  await engine.start();
  return engineTarget('standalone', engine, engine.url, async () => {
    await engine.stop();
    await folder.remove();
  });
}
