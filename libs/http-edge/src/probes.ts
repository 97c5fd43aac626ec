import type { Health, Metrics } from '#platform';

interface Reply {
  code(status: number): this;
  header(name: string, value: string): this;
}

/** The little of Fastify that is needed; its instance fits. */
interface ProbeHost {
  get(path: string, handler: (request: unknown, reply: Reply) => Promise<unknown>): unknown;
}

/**
 * What supervisors and scrapers ask; no key, nothing secret. `/livez`: should it be left running? `/readyz`: may it get
 * work (503 with the reasons: not now)? `/metrics`: Prometheus text. Add them before the server listens.
 */
export function addProbes(host: ProbeHost, health: Health, metrics: Metrics): void {
  host.get('/livez', async () => health.live());
  host.get('/readyz', async (_request, reply) => {
    const readiness = await health.ready();
    reply.code(readiness.ready ? 200 : 503);
    return readiness;
  });
  host.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.contentType);
    return metrics.text();
  });
}
