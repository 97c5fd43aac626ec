/** Undefined or nothing: well. A text: not ready, and why. Throwing counts as its message. */
export type HealthCheck = () => string | undefined | Promise<string | undefined>;

export interface Readiness {
  readonly ready: boolean;
  /** Only what is not well, by name. */
  readonly reasons: Readonly<Record<string, string>>;
}

export interface Health {
  add(name: string, check: HealthCheck): void;
  /** Answers whether the process should be left running; depends on nothing outside of it. */
  live(): { readonly live: true; readonly uptimeSeconds: number };
  ready(): Promise<Readiness>;
  /** From now on not ready: the load balancer looks away while work in flight ends. */
  drain(): void;
}

/** A check that does not answer in time is not well: a probe must never hang with what it probes. */
const CHECK_MS = 2_000;

export function createHealth(options: { readonly checkMs?: number } = {}): Health {
  const checks = new Map<string, HealthCheck>();
  const checkMs = options.checkMs ?? CHECK_MS;
  const bornAt = performance.now();
  let draining = false;

  return {
    add(name, check) {
      if (checks.has(name)) throw new Error(`there is a health check named ${name} already`);
      checks.set(name, check);
    },
    live: () => ({ live: true, uptimeSeconds: Math.floor((performance.now() - bornAt) / 1_000) }),
    async ready() {
      const found = await Promise.all(
        [...checks].map(async ([name, check]) => [name, await reasonOf(check, checkMs)] as const),
      );
      const reasons: Record<string, string> = {};
      if (draining) reasons['process'] = 'draining';
      for (const [name, reason] of found) if (reason !== undefined) reasons[name] = reason;
      return { ready: Object.keys(reasons).length === 0, reasons };
    },
    drain() {
      draining = true;
    },
  };
}

async function reasonOf(check: HealthCheck, checkMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${checkMs} ms`), checkMs);
  });
  try {
    return await Promise.race([Promise.resolve(check()), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
