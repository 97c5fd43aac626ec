import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { Around } from '../around.ts';
import { UsageError } from '../usage-error.ts';

export interface TenantOption {
  readonly tenant?: string;
}

export function withTenant(command: Command): Command {
  return command.option('--tenant <id>', 'the tenant it is about; only for root keys');
}

export interface LimitOption {
  readonly limit: number;
}

const DEFAULT_LIMIT = 100;

export function withLimit(command: Command): Command {
  return command.option('--limit <count>', 'how many at most', wholeNumber, DEFAULT_LIMIT);
}

export interface SecretOptions {
  readonly secret?: string;
  readonly secretFile?: string;
}

export function withSecret(command: Command, what: string): Command {
  return command
    .option('--secret <text>', `${what}; other users of this machine can see it`)
    .option('--secret-file <file>', 'a file that holds the secret');
}

/** Undefined: neither was given. */
export function secretOf({ secret, secretFile }: SecretOptions, around: Around): string | undefined {
  if (secret !== undefined && secretFile !== undefined) {
    throw new UsageError('give --secret or --secret-file, not both');
  }
  return secretFile === undefined ? secret : readText(secretFile, around).replace(/\r?\n$/, '');
}

export function readText(file: string, around: Pick<Around, 'cwd'>): string {
  return readBytes(file, around).toString('utf8');
}

export function readBytes(file: string, { cwd }: Pick<Around, 'cwd'>): Buffer {
  try {
    return readFileSync(resolve(cwd, file));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`,
    );
  }
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** `a,b,c` */
export function commaList(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** For options that may be given several times: `name=value`, or with another sign between. */
export function pairs(sign: '=' | ':') {
  return (text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
    const at = text.indexOf(sign);
    if (at < 1) throw new InvalidArgumentError(`It must be written name${sign}value.`);
    return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
  };
}
