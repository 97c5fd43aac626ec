import { MemoryLog, type Follower, type LogRecord } from '#log';

/** Followers see nothing new while `lag` is unresolved. */
export class LaggingLog extends MemoryLog {
  lag: Promise<void> = Promise.resolve();

  override follow(...[topic, partition, from, handlers]: Parameters<MemoryLog['follow']>): Promise<Follower> {
    const onRecords = async (records: readonly LogRecord[]) => {
      await this.lag;
      await handlers.onRecords(records);
    };
    return super.follow(topic, partition, from, { ...handlers, onRecords });
  }
}
