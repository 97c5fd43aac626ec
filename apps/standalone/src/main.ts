import 'reflect-metadata';
import { ConfigError, createHealth, createLifecycle, createLogger, createMetrics, summary } from '#platform';
import { startEngine, type Engine } from './engine.ts';
import { loadStandaloneConfig, standaloneSchema, type StandaloneConfig } from './standalone.config.ts';
import { openDoors, type Doors } from './doors.ts';
import { greet } from './greeting.ts';

const config = configOrExit();
// Lines for machines go to stderr, so that the greeting stays readable; on a terminal they are made for people.
const logger = createLogger({
  name: 'standalone',
  level: config.logLevel,
  pretty: process.stderr.isTTY,
  destination: process.stderr,
});
const metrics = createMetrics();
const health = createHealth();
logger.info(summary(standaloneSchema, config), 'config');

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

try {
  await lifecycle.start();
  if (doors !== undefined && engine !== undefined) greet(doors.url, engine.firstKey, config);
} catch (error) {
  process.stderr.write(`hyperhook: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function configOrExit(): StandaloneConfig {
  try {
    return loadStandaloneConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}
