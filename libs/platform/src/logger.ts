import { pino, type DestinationStream } from 'pino';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Line = (facts: object, message?: string) => void;

/** One wide line per business fact: `log.info({ deliveryId, attempt, status }, 'delivery.attempted')`. */
export interface Logger {
  readonly debug: Line;
  readonly info: Line;
  readonly warn: Line;
  readonly error: Line;
  readonly fatal: Line;
  /** Where the facts of a line cost something to gather. */
  isLevelEnabled(level: LogLevel): boolean;
  child(facts: object): Logger;
}

export interface LoggerOptions {
  readonly name: string;
  readonly level: LogLevel;
  /** Lines for people at a terminal instead of JSON. */
  readonly pretty?: boolean;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** Keys that never reach a log, however deep a caller (at most two levels) hides them. */
const secretKeys = [
  'secret',
  'secrets',
  'password',
  'token',
  'apiKey',
  'authorization',
  'Authorization',
  'cookie',
  'signature',
  'connectionString',
  'body',
];

export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    name: options.name,
    level: options.level,
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: '(hidden)',
    },
    // Names instead of pino's numbers: what people and log stores filter by.
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    base: { pid: process.pid },
  };
  const destination = options.destination ?? process.stdout;
  return pino(settings, options.pretty === true ? forPeople(destination) : destination);
}

/** `12:00:01.234 warn  dispatcher: delivery.attempted status=500 …` */
function forPeople(destination: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { time, level, name, msg = '', pid: _pid, err, ...facts } = JSON.parse(line);
      const pairs = Object.entries(facts).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
      const head = `${String(time).slice(11, 23)} ${String(level).padEnd(5)} ${name}: ${msg}`;
      const stack = err === undefined ? '' : `\n${err.stack ?? JSON.stringify(err)}`;
      destination.write(`${[head, ...pairs].join(' ')}${stack}\n`);
    },
  };
}
