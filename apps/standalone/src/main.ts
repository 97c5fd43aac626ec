import 'reflect-metadata';
import { ConfigError, createLogger, summary, type Logger } from '#platform';
import { InstallationMismatch } from './installation.ts';
import { rebuildTables } from './rebuild.ts';
import { serve } from './serve.ts';
import { loadStandaloneConfig, standaloneSchema, type StandaloneConfig } from './standalone.config.ts';

/** sysexits.h: configuration error. */
const EX_CONFIG = 78;

const commands: Readonly<Record<string, (config: StandaloneConfig, logger: Logger) => Promise<void>>> = {
  serve,
  rebuild: rebuildTables,
};

async function main(name = 'serve'): Promise<void> {
  const command = commands[name];
  if (command === undefined) {
    throw new ConfigError([`command "${name}": there are ${Object.keys(commands).join(' and ')}`]);
  }
  const config = loadStandaloneConfig(process.env);
  // Lines for machines go to stderr, so that what people read on stdout stays readable.
  const logger = createLogger({
    name: 'standalone',
    level: config.logLevel,
    pretty: process.stderr.isTTY,
    destination: process.stderr,
  });
  logger.info(summary(standaloneSchema, config), 'config');
  await command(config, logger);
}

try {
  await main(process.argv[2]);
} catch (error) {
  process.stderr.write(`hyperhook: ${error instanceof Error ? error.message : String(error)}\n`);
  const isConfig = error instanceof ConfigError || error instanceof InstallationMismatch;
  process.exit(isConfig ? EX_CONFIG : 1);
}
