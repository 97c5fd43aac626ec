import { createHealth, createLifecycle, createMetrics, type Logger } from '#platform';
import { openDoors, type Doors } from './doors.ts';
import { startEngine, type Engine } from './engine.ts';
import { greet } from './greeting.ts';
import type { StandaloneConfig } from './standalone.config.ts';

/** `npm start`: the engine and its doors, until a signal comes. Resolves when ready. */
export async function serve(config: StandaloneConfig, logger: Logger): Promise<void> {
  const metrics = createMetrics();
  const health = createHealth();
  let engine: Engine | undefined;
  let doors: Doors | undefined;
  const onFatal = (error: Error): void => {
    logger.fatal({ err: error }, 'engine.lost');
    // State is in the log: a process that has lost its hold on it must not go on (P4).
    process.exit(1);
  };
  const lifecycle = createLifecycle({
    log: logger,
    onDrain: () => health.drain(),
    parts: [
      {
        name: 'engine',
        start: async () => {
          engine = await startEngine(config, { logger, metrics, onFatal });
        },
        stop: () => engine?.stop(),
      },
      {
        name: 'doors',
        start: async () => {
          if (engine !== undefined) doors = await openDoors(engine, { config, logger, metrics, health });
        },
        stop: () => doors?.close(),
      },
    ],
  });
  await lifecycle.start();
  if (doors !== undefined && engine !== undefined) greet(doors.url, engine, config);
}
