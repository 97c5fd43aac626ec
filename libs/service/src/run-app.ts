import { InstallationMismatch } from '#control';
import { LogError } from '#log';
import {
  ConfigError,
  createLogger,
  loadConfig,
  mapStacks,
  settingNames,
  summary,
  type ConfigOf,
  type ConfigSchema,
  type Logger,
  type LogLevel,
} from '#platform';

/** sysexits.h: configuration error. */
const EX_CONFIG = 78;

/** `args`: what stands behind its name on the command line. */
export type AppCommand<Schema extends ConfigSchema> = (
  config: ConfigOf<Schema>,
  logger: Logger,
  args: readonly string[],
) => Promise<void>;

export interface App<Schema extends ConfigSchema> {
  readonly name: string;
  readonly schema: Schema;
  /** The first is what runs without a word on the command line. Each resolves when it runs, or is through. */
  readonly commands: Readonly<Record<string, AppCommand<Schema>>>;
}

/** What is around a process; tests give their own. */
export interface Surroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  exit(code: number): void;
}

/**
 * A process from its first line to its exit code: reads the configuration, logs it masked, runs the command. Exit code 78
 * where the configuration, or what it says of the log, is wrong: starting again will not mend that. Lines for machines go
 * to stderr, so that what people read on stdout stays readable.
 */
export async function runApp<const Schema extends ConfigSchema>(
  app: App<Schema>,
  around: Surroundings,
): Promise<void> {
  const { argv, env, stderr } = around;
  mapStacks(argv[1] ?? '');
  try {
    const names = Object.keys(app.commands);
    const name = argv[2] ?? names[0] ?? '';
    const command = app.commands[name];
    if (command === undefined) {
      throw new ConfigError([
        `command "${name}": there ${names.length > 1 ? 'are' : 'is'} ${names.join(' and ')}`,
      ]);
    }
    const config = loadConfig(app.schema, { env, known: settingNames });
    const level = (config as { readonly logLevel?: LogLevel }).logLevel ?? 'info';
    const logger = createLogger({
      name: app.name,
      level,
      pretty: stderr.isTTY === true,
      destination: { write: (line) => void stderr.write(line) },
    });
    logger.info(summary(app.schema, config), 'config');
    await command(config, logger, argv.slice(3));
  } catch (error) {
    stderr.write(`hyperhook ${app.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    around.exit(isMistake(error) ? EX_CONFIG : 1);
  }
}

function isMistake(error: unknown): boolean {
  if (error instanceof ConfigError || error instanceof InstallationMismatch) return true;
  return error instanceof LogError && (error.code === 'topic_mismatch' || error.code === 'log_closed');
}
