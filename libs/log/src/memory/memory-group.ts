import type { Membership } from '../core/membership.ts';
import type { Committed } from '../port/group.ts';

/**
 * Who owns which partition in one group, co-partitioned and sticky: a partition moves only when it must.
 *
 * As harsh as a broker: a new owner is told at once, without waiting for the one before to let go (R7), and partitions
 * that stay are handed over again from their commit (R11).
 */
export class MemoryGroup {
  readonly commits = new Map<string, Committed>();
  readonly #members: Membership[] = [];
  readonly #owners = new Map<number, Membership>();
  #generation = 0;

  get members(): readonly Membership[] {
    return this.#members;
  }

  join(member: Membership): void {
    this.#members.push(member);
  }

  remove(member: Membership): void {
    const at = this.#members.indexOf(member);
    if (at !== -1) this.#members.splice(at, 1);
    for (const [partition, owner] of this.#owners) if (owner === member) this.#owners.delete(partition);
  }

  /** Shares out `partitions` among the members, after the calling turn. */
  rebalance(partitions: number): void {
    this.#generation += 1;
    const generation = this.#generation;
    setImmediate(() => {
      // Several joins at once settle into one assignment.
      if (generation === this.#generation) this.#assign(partitions);
    });
  }

  #assign(partitions: number): void {
    const kept = new Set(this.#owners.values());
    const lost: [Membership, number][] = [];
    const claimed: [Membership, number][] = [];
    for (let partition = 0; partition < partitions; partition += 1) {
      const before = this.#owners.get(partition);
      const after = this.#idlest();
      if (after === undefined) break;
      // Only what evens out: a partition that stays keeps its window (R11).
      if (before !== undefined && this.#load(before) - this.#load(after) < 2) continue;
      this.#owners.set(partition, after);
      if (before !== undefined) lost.push([before, partition]);
      claimed.push([after, partition]);
    }
    for (const [member, partition] of lost) member.lose(partition).catch((error) => member.fail(error));
    for (const member of kept) member.refetch().catch((error) => member.fail(error));
    for (const [member, partition] of claimed) member.claim(partition).catch((error) => member.fail(error));
  }

  #load(member: Membership): number {
    let load = 0;
    for (const owner of this.#owners.values()) if (owner === member) load += 1;
    return load;
  }

  #idlest(): Membership | undefined {
    return this.#members.toSorted((a, b) => this.#load(a) - this.#load(b))[0];
  }
}
