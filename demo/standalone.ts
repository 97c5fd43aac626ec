import { join } from 'node:path';
import type { DemoEngine, DemoSetup } from './demo-engine.ts';
import { startEngineProcess } from './engine-process.ts';
import { dim, green } from './screen.ts';

/** The engine in one process with an embedded PostgreSQL: nothing else is needed. */
export async function startStandalone({ folder, env, screen, opened }: DemoSetup): Promise<DemoEngine> {
  const settings = { ...env, HYPERHOOK_DATA_DIR: join(folder, 'data') };
  const engine = await startEngineProcess('standalone', settings, /Stop /);
  opened.defer(() => engine.stop());
  const [, url = ''] = /^API +(\S+)\/api\/v1$/m.exec(engine.greeting) ?? [];
  const [, rootKey = ''] = /^API key +(hh_\S+)/m.exec(engine.greeting) ?? [];
  screen.line(`${green('✓')} engine ready at ${url} ${dim(`after ${screen.seconds.toFixed(1)} s`)}`);
  return { doors: { admin: url, ingestion: url }, rootKey, hints: async () => [] };
}
