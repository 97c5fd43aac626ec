import { setTimeout as delay } from 'node:timers/promises';
import type { InstallationWish } from '#control';
import { LogError, openKafkaLog, type KafkaLog } from '#log';
import type { KafkaConfig, Logger } from '#platform';
import { followControl, type Control } from './follow-control.ts';
import { kafkaOptionsOf } from './kafka-options-of.ts';

export interface KafkaCore extends Control {
  readonly log: KafkaLog;
  close(): Promise<void>;
}

const AGAIN_MS = 2_000;

/**
 * What each process on Kafka has: the log, its topics created or checked, and the control table at its end. Waits for
 * brokers that are not there yet, since processes and brokers start together; a mistake ends the start at once.
 */
export async function openKafkaCore(
  config: KafkaConfig & InstallationWish,
  name: string,
  around: {
    readonly logger: Logger;
    readonly onFatal: (error: Error) => void;
    /** Ends the waiting. */
    readonly signal: AbortSignal;
  },
): Promise<KafkaCore> {
  const { logger, signal } = around;
  const options = {
    ...kafkaOptionsOf(config, `hyperhook-${name}`),
    warn: (message: string) => logger.warn({ message }, 'log.at_risk'),
  };
  const log = await whenThere(() => openKafkaLog(options), logger, signal);
  try {
    await whenThere(() => log.ensureTopics(config.partitions), logger, signal);
    const control = await followControl(log, config, around);
    return {
      ...control,
      log,
      close: async () => {
        await control.control.stop();
        await log.close();
      },
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function whenThere<T>(open: () => Promise<T>, logger: Logger, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof LogError) || !error.retryable) throw error;
      logger.warn({ reason: error.message }, 'log.not_there_yet');
    }
    await delay(AGAIN_MS, undefined, { signal });
  }
}
