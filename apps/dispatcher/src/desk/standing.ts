import type { Group } from '#log';

/** How soon a heartbeat that was late is looked at again. */
const LOOK_AGAIN_MS = 200;

/**
 * R9, for one partition: what this process may still do about it. A heartbeat that is late may be answered in a moment, so
 * whoever asks in between waits; a partition that is another's never comes back under the same claim.
 */
export class Standing {
  readonly #partition: number;
  readonly #group: () => Pick<Group, 'owns' | 'holds' | 'isFresh'> | undefined;

  /** `group`: undefined while joining. */
  constructor(partition: number, group: () => Pick<Group, 'owns' | 'holds' | 'isFresh'> | undefined) {
    this.#partition = partition;
    this.#group = group;
  }

  /** May something start now? */
  mayStart(): boolean {
    const group = this.#group();
    return group !== undefined && group.owns(this.#partition) && group.isFresh();
  }

  /** May what was started be finished, by a placement? Waits for a late heartbeat; false: it is another's to finish. */
  async mayFinish(): Promise<boolean> {
    for (;;) {
      const group = this.#group();
      if (group === undefined || !group.holds(this.#partition)) return false;
      if (group.isFresh()) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}
