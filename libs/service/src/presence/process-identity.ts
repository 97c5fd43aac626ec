import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pid } from 'node:process';
import { installedFolder } from '#contracts';
import type { ProcessReport } from '#log';

export type ProcessIdentity = Pick<ProcessReport, 'id' | 'role' | 'host' | 'pid' | 'version' | 'startedAt'>;

/** Who this process is. `role`: which part of the engine; standalone has several in one. */
export function processIdentity(role: string): ProcessIdentity {
  const { version } = JSON.parse(readFileSync(installedFolder('package.json'), 'utf8')) as {
    version: string;
  };
  const startedAt = Math.round(performance.timeOrigin);
  return { id: randomUUID(), role, host: hostname(), pid, version, startedAt };
}
