import type { Server } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import type { Health } from '#platform';

/** Between two looks; each look is bounded by the checks themselves. */
const EVERY_MS = 1_000;

/**
 * grpc.health.v1 says what `/readyz` says, of the server and of each of its services alike. Whoever watches is told within
 * {@link EVERY_MS} of a change; of a stop at once.
 */
export class Readiness {
  readonly #health: Health;
  readonly #names: readonly string[];
  readonly #service: HealthImplementation;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(health: Health, services: readonly string[]) {
    this.#health = health;
    this.#names = ['', ...services];
    this.#service = new HealthImplementation();
    this.#tell(false);
  }

  addTo(server: Server): void {
    this.#service.addToServer(server);
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    const { ready } = await this.#health.ready();
    if (this.#isStopped) return;
    this.#tell(ready);
    this.#timer = setTimeout(() => void this.start(), EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#tell(false);
  }

  #tell(ready: boolean): void {
    for (const name of this.#names) this.#service.setStatus(name, ready ? 'SERVING' : 'NOT_SERVING');
  }
}
