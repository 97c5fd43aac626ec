import type { Logger } from '#platform';
import { Abandoned, backoff } from '../intake/patience.ts';
import { SourceSession, type SessionDeps } from './source-session.ts';
import { alertOf, messageOf, SourceFatal } from './source-trouble.ts';

export interface ReaderDeps extends Omit<SessionDeps, 'onJoined'> {
  readonly logger: Logger;
  readonly onFatal: (error: Error) => void;
}

/**
 * Reads one source until it is stopped: a topic that is not there, a broker that is away, a right that is missing are
 * told, and tried again, while other sources go on.
 */
export class SourceReader {
  readonly #deps: ReaderDeps;
  readonly #stop = new AbortController();
  #living: Promise<void> | undefined;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#living ??= this.#live();
  }

  /** Resolves when positions of what became durable are committed and the group has been left. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#living;
  }

  async #live(): Promise<void> {
    const { signal } = this.#stop;
    const { source, metrics, logger, groupId } = this.#deps;
    const { topic } = source;
    for (let failures = 0; !signal.aborted; failures += 1) {
      const onJoined = (partitions: readonly number[]) => {
        failures = 0;
        metrics.up(topic, true);
        logger.info({ topic, groupId, partitions }, 'upstream.joined');
      };
      try {
        metrics.up(topic, false);
        await new SourceSession({ ...this.#deps, onJoined }).run(signal);
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof SourceFatal) return this.#die(error);
        const alert = alertOf(error);
        metrics.alert(topic, alert);
        const reason = messageOf(error);
        logger.warn({ topic, groupId, alert, reason, failures }, 'upstream.source_failed');
        if (!(await this.#rested(failures))) break;
      }
    }
    metrics.up(topic, false);
  }

  #die(error: SourceFatal): void {
    const { source, metrics, onFatal } = this.#deps;
    metrics.up(source.topic, false);
    onFatal(error.cause instanceof Error ? error.cause : error);
  }

  /** False: stopped meanwhile. */
  async #rested(failures: number): Promise<boolean> {
    try {
      await backoff(failures, this.#stop.signal);
      return true;
    } catch (error) {
      if (error instanceof Abandoned) return false;
      throw error;
    }
  }
}
