import { setTimeout as delay } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { topics } from '#log';

const EVERY_MS = 200;

/** Watches what a group has committed: a position that goes back would have what is done be done again. */
export class CommitWatch {
  /** `<topic>/<partition>: <from> → <to>` for each step back. */
  readonly stepsBack: string[] = [];
  /** Looks that were answered. */
  looks = 0;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(where: { readonly brokers: readonly string[]; readonly prefix: string }, group: string) {
    this.#running = this.#watch(where, group);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #watch(
    { brokers, prefix }: { readonly brokers: readonly string[]; readonly prefix: string },
    group: string,
  ): Promise<void> {
    const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
    const admin = kafka.admin();
    const names = topics.map(({ name }) => `${prefix}${name}`);
    const highest = new Map<string, number>();
    await admin.connect();
    try {
      while (!this.#stop.signal.aborted) {
        const found = await admin
          .fetchOffsets({ groupId: `${prefix}${group}`, topics: names })
          .catch(() => []);
        if (found.length > 0) this.looks += 1;
        for (const { topic, partitions } of found) {
          for (const { partition, offset } of partitions) {
            const key = `${topic}/${partition}`;
            const before = highest.get(key) ?? -1;
            if (Number(offset) < before) this.stepsBack.push(`${key}: ${before} → ${offset}`);
            highest.set(key, Number(offset));
          }
        }
        await delay(EVERY_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    } finally {
      await admin.disconnect();
    }
  }
}
