import type { Logger } from '#platform';
import { serveUntilSignal } from '#service';
import { openDoors } from './doors.ts';
import { startEngine } from './engine.ts';
import { greet } from './greeting.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** `npm start`: the engine and its doors, until a signal comes. Resolves when ready. */
export async function serve(config: StandaloneConfig, logger: Logger): Promise<void> {
  const options = { logger, drainWithinMs: config.drainWithin, host: process };
  const started = await serveUntilSignal(options, async ({ metrics, health, opened, onFatal }) => {
    const engine = await startEngine(config, { logger, metrics, onFatal });
    opened.defer(() => engine.stop());
    const doors = await openDoors(engine, { config, logger, metrics, health, onFatal });
    opened.defer(() => doors.close());
    return { engine, doors };
  });
  if (started !== undefined) greet(started.doors, started.engine, config);
}
