import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../libs/testkit/src/eventually.ts';
import type { EngineProcess, EngineTarget } from './target.ts';

interface EngineParts extends Pick<EngineTarget, 'name' | 'must' | 'withLog'> {
  /** Of the process that takes events in. */
  readonly publishUrl: () => string;
  readonly processes: () => readonly EngineProcess[];
  /** Of the processes that are its own, stores among them. */
  readonly roles: readonly string[];
}

/** Heartbeats and fetches that stood still go on, and are answered. */
const AWAKE_MS = 1_000;

export function engineTarget({ publishUrl, processes, roles, ...parts }: EngineParts): EngineTarget {
  return {
    name: parts.name,
    must: parts.must,
    withLog: parts.withLog,
    // A process that was started again listens elsewhere.
    get host() {
      return new URL(publishUrl()).hostname;
    },
    get port() {
      return Number(new URL(publishUrl()).port);
    },
    get processes() {
      return processes();
    },
    retries: true,
    owns: (role) => roles.includes(role),
    async enter(tenant, hooks) {
      await parts.must('POST', '/tenants', { id: tenant, name: tenant, contract: 'standard-webhooks' });
      for (const hook of hooks) await parts.must('POST', `/webhooks?tenant=${tenant}`, hook);
      const asked = { tenant, name: tenant, scopes: ['events:write'] };
      const { key } = await parts.must<{ key: string }>('POST', '/keys', asked);
      return key;
    },
    // Frozen, not ended: compiled code and full caches are what a run is warmed up for.
    async rest() {
      for (const { pid } of processes()) process.kill(pid, 'SIGSTOP');
    },
    async wake() {
      for (const { pid } of processes()) process.kill(pid, 'SIGCONT');
      await delay(AWAKE_MS);
      await eventually(() => Promise.all(processes().map(({ url }) => mustBeReady(url))), 60_000);
    },
  };
}

async function mustBeReady(url: string): Promise<void> {
  const answer = await fetch(`${url}/readyz`);
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url}/readyz answers ${answer.status}`);
}
