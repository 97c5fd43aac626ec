import type { FollowHandlers, Follower } from '../port/log.ts';
import { Feed, type PartitionSource } from './feed.ts';
import { DEFAULT_SLICE } from './slices.ts';

/** A partition that wakes its feeds when something was appended. */
export type Followed = PartitionSource & { readonly feeds: Set<Feed> };

/** The followers of one process. */
export class Followers {
  readonly #all = new Set<Follower>();

  follow(source: Followed, from: number, handlers: FollowHandlers): Follower {
    const feed = new Feed(source, from, DEFAULT_SLICE, {
      onRecords: handlers.onRecords,
      onError: (error) => handlers.onError(error instanceof Error ? error : new Error(String(error))),
    });
    const follower: Follower = {
      stop: async () => {
        source.feeds.delete(feed);
        this.#all.delete(follower);
        await feed.stop();
      },
    };
    source.feeds.add(feed);
    this.#all.add(follower);
    feed.wake();
    return follower;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((follower) => follower.stop()));
  }
}
