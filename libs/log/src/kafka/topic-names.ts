import type { TopicName } from '../topics.ts';

/** Names as the cluster knows them: those of the registry behind the installation's prefix. */
export class TopicNames {
  readonly prefix: string;

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
}
