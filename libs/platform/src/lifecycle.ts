import type { Logger } from './logger.ts';

export interface Part {
  readonly name: string;
  readonly start?: () => void | Promise<void>;
  readonly stop?: () => void | Promise<void>;
}

/** What the lifecycle needs of `process`; tests give their own. */
export interface HostProcess {
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
  exit(code: number): void;
}

export interface LifecycleOptions {
  readonly parts: readonly Part[];
  readonly log: Logger;
  /** All stops together get this long; default 40 s, above the longest attempt (30 s) so that a drain ends by itself. */
  readonly stopWithinMs?: number;
  /** Runs first at a stop: readiness flips before anything closes. */
  readonly onDrain?: () => void;
  readonly host?: HostProcess;
}

export interface Lifecycle {
  /** Starts the parts in order; when one fails, stops those that had started and rejects with its error. */
  start(): Promise<void>;
  /** Stops what runs, in reverse, once; resolves true when all stopped in time and without an error. */
  stop(reason: string): Promise<boolean>;
}

const STOP_WITHIN_MS = 40_000;

/**
 * 1. A part's stop runs only if its start ended well, at most once, after those of all later parts.
 * 2. First SIGTERM or SIGINT: stop, then exit 0 (1 if something did not stop). Second: exit 1 at once.
 * 3. An error nobody caught: log, exit 1 at once. State is in the log; going on with unknown memory is worse (P4).
 */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const { log, parts } = options;
  const host: HostProcess = options.host ?? process;
  const stopWithinMs = options.stopWithinMs ?? STOP_WITHIN_MS;
  const running: Part[] = [];
  /** The part that is being stopped. */
  let current: Part | undefined;
  let starting: Promise<void> | undefined;
  let stopping: Promise<boolean> | undefined;
  let signalled = false;

  const onSignal = (signal: unknown): void => {
    if (signalled) {
      log.warn({ signal }, 'process.forced');
      host.exit(1);
      return;
    }
    signalled = true;
    void stop(String(signal)).then((clean) => host.exit(clean ? 0 : 1));
  };
  const onCrash = (error: unknown): void => {
    log.fatal({ err: error }, 'process.crashed');
    host.exit(1);
  };
  const listen = (how: 'on' | 'off'): void => {
    for (const signal of ['SIGTERM', 'SIGINT']) host[how](signal, onSignal);
    for (const crash of ['uncaughtException', 'unhandledRejection']) host[how](crash, onCrash);
  };

  const startParts = async (): Promise<void> => {
    for (const part of parts) {
      if (stopping !== undefined) return;
      const began = performance.now();
      await part.start?.();
      running.push(part);
      log.debug({ part: part.name, ms: Math.round(performance.now() - began) }, 'part.started');
    }
  };

  const stopParts = async (): Promise<boolean> => {
    let clean = true;
    // A start under way ends first: its part may hold half of what must be closed.
    await starting?.catch(() => undefined);
    for (let part = running.pop(); part !== undefined; part = running.pop()) {
      current = part;
      try {
        await part.stop?.();
        log.debug({ part: part.name }, 'part.stopped');
      } catch (error) {
        clean = false;
        log.error({ part: part.name, err: error }, 'part.stop_failed');
      }
      current = undefined;
    }
    return clean;
  };
  const unstopped = (): string[] =>
    [...running, ...(current === undefined ? [] : [current])].map(({ name }) => name);

  const stop = (reason: string): Promise<boolean> => {
    stopping ??= (async () => {
      log.info({ reason }, 'process.stopping');
      options.onDrain?.();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => {
          log.error({ ms: stopWithinMs, left: unstopped() }, 'process.stop_timed_out');
          resolve(false);
        }, stopWithinMs);
      });
      const clean = await Promise.race([stopParts(), late]);
      clearTimeout(timer);
      listen('off');
      return clean;
    })();
    return stopping;
  };

  return {
    async start() {
      listen('on');
      starting = startParts();
      try {
        await starting;
      } catch (error) {
        log.fatal({ err: error }, 'process.start_failed');
        await stop('a part failed to start');
        throw error;
      }
    },
    stop,
  };
}
