import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Health, Metrics } from '#platform';
import { HEALTH, METRICS } from './standalone.tokens.ts';

interface Reply {
  code(status: number): this;
  header(name: string, value: string): this;
}

/** What supervisors and scrapers ask; no key, nothing secret. */
@Controller()
export class HealthController {
  readonly #health: Health;
  readonly #metrics: Metrics;

  constructor(@Inject(HEALTH) health: Health, @Inject(METRICS) metrics: Metrics) {
    this.#health = health;
    this.#metrics = metrics;
  }

  @Get('livez')
  live(): object {
    return this.#health.live();
  }

  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<object> {
    const readiness = await this.#health.ready();
    reply.code(readiness.ready ? 200 : 503);
    return readiness;
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: Reply): Promise<string> {
    reply.header('content-type', this.#metrics.contentType);
    return this.#metrics.text();
  }
}
