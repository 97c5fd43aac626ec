import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../libs/testkit/src/eventually.ts';
import type { Target } from './target.ts';

/** The little of an engine that a benchmark drives. */
export interface DrivenEngine {
  must<T>(method: string, path: string, body?: unknown): Promise<T>;
}

interface EngineParts {
  readonly name: string;
  readonly engine: DrivenEngine;
  /** Of the process that takes events in. */
  readonly publishUrl: string;
  /** The processes of the engine, without stores: where each answers probes. */
  readonly processes: () => readonly { readonly pid: number; readonly url: string }[];
  /** Of the processes that are its own, stores among them. */
  readonly roles: readonly string[];
}

const attributes: Readonly<Record<string, object>> = {
  hyperspell: { attributes: { app: 'bench' }, secret: 'bench-jwt-secret' },
};

/** Heartbeats and fetches that stood still go on, and are answered. */
const AWAKE_MS = 1_000;

export function engineTarget({ name, engine, publishUrl, processes, roles }: EngineParts): Target {
  const { hostname, port } = new URL(publishUrl);
  return {
    name,
    host: hostname,
    port: Number(port),
    owns: (role) => roles.includes(role),
    async enter(tenant, contract, urls) {
      await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract, ...attributes[contract] });
      for (const url of urls) await engine.must('POST', `/webhooks?tenant=${tenant}`, { url });
      const scopes = ['events:write'];
      const { key } = await engine.must<{ key: string }>('POST', '/keys', { tenant, name: tenant, scopes });
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
