import { LogError } from '../port/log-error.ts';
import type { TopicName } from '../topics.ts';

/** Names as the cluster knows them: those of the registry behind the installation's prefix. And which were seen there. */
export class TopicNames {
  readonly prefix: string;
  readonly #seen = new Set<TopicName>();

  constructor(prefix: string) {
    if (!/^[a-zA-Z0-9._-]{0,100}$/.test(prefix)) {
      throw new TypeError(
        `prefix ${JSON.stringify(prefix)}: use up to 100 letters, digits, dots, dashes and _`,
      );
    }
    this.prefix = prefix;
  }

  of(topic: TopicName): string {
    return `${this.prefix}${topic}`;
  }

  group(name: string): string {
    return `${this.prefix}${name}`;
  }

  /** The cluster has it. */
  saw(topic: TopicName): void {
    this.#seen.add(topic);
  }

  /**
   * What to say where a broker does not know the topic. One that was seen before is not gone: a broker that has just
   * started, or metadata that was asked for before the topic was of interest, do not know of it yet.
   */
  unknown(topic: TopicName): LogError {
    const name = this.of(topic);
    return this.#seen.has(topic)
      ? new LogError(
          'log_unavailable',
          `the broker that was asked does not know topic ${name}, which was there before`,
        )
      : new LogError('topic_mismatch', `topic ${name} does not exist; call ensureTopics first`);
  }
}
