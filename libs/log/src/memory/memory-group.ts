import type { Membership } from '../core/membership.ts';
import type { Committed } from '../port/group.ts';

/**
 * Who owns which partition in one group, co-partitioned and sticky: a partition moves only when it must, and from one
 * live member to another only through nobody.
 *
 * As harsh as a broker otherwise: partitions that stay are handed over again from their commit (R11).
 */
export class MemoryGroup {
  readonly commits = new Map<string, Committed>();
  readonly #members: Membership[] = [];
  readonly #owners = new Map<number, Membership>();
  /** Members that still have in hand what the group wants for somebody else. */
  readonly #lettingGo = new Map<number, Membership>();
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
    for (const [partition, drained] of this.#lettingGo) if (drained === member) this.#free(partition, member);
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
    const moved: number[] = [];
    for (let partition = 0; partition < partitions; partition += 1) {
      const before = this.#owners.get(partition);
      const after = this.#idlest();
      if (after === undefined) break;
      // Only what evens out: a partition that stays keeps its window (R11).
      if (before !== undefined && this.#load(before) - this.#load(after) < 2) continue;
      this.#owners.set(partition, after);
      moved.push(partition);
      // Also what a member that leaves is letting go of already: it is its own until that is through.
      if (before?.inHand.includes(partition) === true) this.#takeBack(partition, before);
    }
    for (const member of kept) member.refetch().catch((error) => member.fail(error));
    for (const partition of moved) this.#give(partition);
  }

  #takeBack(partition: number, before: Membership): void {
    this.#lettingGo.set(partition, before);
    before.lose(partition).then(
      () => this.#free(partition, before),
      (error) => before.fail(error),
    );
  }

  #free(partition: number, before: Membership): void {
    if (this.#lettingGo.get(partition) !== before) return;
    this.#lettingGo.delete(partition);
    this.#give(partition);
  }

  #give(partition: number): void {
    const owner = this.#owners.get(partition);
    if (owner === undefined || owner.given.includes(partition) || this.#lettingGo.has(partition)) return;
    owner.claim(partition).catch((error) => owner.fail(error));
  }

  #load(member: Membership): number {
    let load = 0;
    for (const owner of this.#owners.values()) if (owner === member) load += 1;
    return load;
  }

  #idlest(): Membership | undefined {
    return this.#members
      .filter((member) => !member.isLeaving)
      .toSorted((a, b) => this.#load(a) - this.#load(b))[0];
  }
}
