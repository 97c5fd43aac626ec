import type { EngineUnderTest } from './engine-under-test.ts';
import { SeparateEngine } from './separate-engine.ts';
import { StandaloneEngine } from './standalone-engine.ts';

/** Said by the jest project: `e2e` and `kafka-e2e` run the same files. */
const { engineKind = 'standalone' } = globalThis as { engineKind?: 'standalone' | 'kafka' };

/** As the demo is told which engine to start. */
export const demoArguments: readonly string[] = engineKind === 'kafka' ? ['--kafka'] : [];

/** A new installation of the kind that this run is about, started. `env`: settings besides those that every test needs. */
export async function openEngine(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<EngineUnderTest> {
  const engine = await (engineKind === 'kafka' ? SeparateEngine.open(env) : StandaloneEngine.open(name, env));
  try {
    await engine.start();
    return engine;
  } catch (error) {
    await engine.remove();
    throw error;
  }
}
