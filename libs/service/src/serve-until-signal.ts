import {
  createHealth,
  createLifecycle,
  createMetrics,
  type Health,
  type HostProcess,
  type Logger,
  type Metrics,
} from '#platform';

/** What a process is given while it starts. */
export interface Serving {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  /** Closed in reverse at the stop, or when the start fails. */
  readonly opened: AsyncDisposableStack;
  /** Aborts when a stop is asked for: what still waits to start, waits no more. */
  readonly signal: AbortSignal;
  /** The process has lost its hold on the log, and must not go on (P4). */
  readonly onFatal: (error: Error) => void;
}

/**
 * Starts a process and leaves it running until SIGTERM or SIGINT; then everything opened is closed, last first. Resolves
 * with what `start` gave once it runs; undefined: a signal came before.
 */
export async function serveUntilSignal<T>(
  options: {
    readonly logger: Logger;
    /** For all closing together. */
    readonly drainWithinMs?: number;
    /** `process`; tests give their own. */
    readonly host: HostProcess;
  },
  start: (serving: Serving) => Promise<T>,
): Promise<T | undefined> {
  const { logger, drainWithinMs, host } = options;
  const health = createHealth();
  const opened = new AsyncDisposableStack();
  const stopping = new AbortController();
  let started: T | undefined;
  const onFatal = (error: Error): void => {
    logger.fatal({ err: error }, 'process.lost');
    host.exit(1);
  };
  const serving: Serving = {
    logger,
    metrics: createMetrics(),
    health,
    opened,
    signal: stopping.signal,
    onFatal,
  };
  const lifecycle = createLifecycle({
    log: logger,
    host,
    ...(drainWithinMs === undefined ? {} : { stopWithinMs: drainWithinMs }),
    onDrain: () => {
      health.drain();
      stopping.abort(new Error('stopped before it had started'));
    },
    parts: [
      {
        name: 'process',
        start: async () => {
          try {
            started = await start(serving);
          } catch (error) {
            await opened.disposeAsync();
            if (!stopping.signal.aborted) throw error;
          }
        },
        stop: () => opened.disposeAsync(),
      },
    ],
  });
  await lifecycle.start();
  return started;
}
