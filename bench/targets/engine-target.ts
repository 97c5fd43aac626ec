import type { Target } from './target.ts';

/** The little of an engine that a benchmark drives. */
export interface DrivenEngine {
  must<T>(method: string, path: string, body?: unknown): Promise<T>;
}

const attributes: Readonly<Record<string, object>> = {
  hyperspell: { attributes: { app: 'bench' }, secret: 'bench-jwt-secret' },
};

/** `publishUrl`: of the process that takes events in. */
export function engineTarget(
  name: string,
  engine: DrivenEngine,
  publishUrl: string,
  stop: () => Promise<void>,
): Target {
  const { hostname, port } = new URL(publishUrl);
  return {
    name,
    host: hostname,
    port: Number(port),
    stop,
    async enter(tenant, contract, urls) {
      await engine.must('POST', '/tenants', { id: tenant, name: tenant, contract, ...attributes[contract] });
      for (const url of urls) await engine.must('POST', `/webhooks?tenant=${tenant}`, { url });
      const scopes = ['events:write'];
      const { key } = await engine.must<{ key: string }>('POST', '/keys', { tenant, name: tenant, scopes });
      return key;
    },
  };
}
