/** A member as it announces itself when it joins. */
export interface Claimant {
  readonly memberId: string;
  /** What it still has in hand, what it is letting go of included. */
  readonly owned: readonly number[];
  /** When it was given that: of two that claim the same, the older one lost it without having heard. */
  readonly generation: number;
  /** It drains what it owns, and wants nothing more. */
  readonly isLeaving: boolean;
}

/**
 * Shares partitions 0…P−1 out among members: sticky, and never from one hand into another. A partition that must move
 * is given to nobody first; its owner lets go of it, drains, and joins again, whereupon it is free (R7, R12). Pure and
 * the same for every leader.
 */
export function assign(
  members: readonly Claimant[],
  partitions: number,
): ReadonlyMap<string, readonly number[]> {
  const owners = currentOwners(members, partitions);
  const held = new Map(members.map(({ memberId }) => [memberId, [] as number[]]));
  for (const [partition, memberId] of owners) held.get(memberId)?.push(partition);

  // Those who have most keep most: the fewest moves. The id settles ties alike everywhere.
  const staying = new Set(members.filter(({ isLeaving }) => !isLeaving).map(({ memberId }) => memberId));
  const order = [...held]
    .filter(([memberId]) => staying.has(memberId))
    .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1));
  const share = Math.floor(partitions / Math.max(1, staying.size));
  const given = new Map<string, number[]>(members.map(({ memberId }) => [memberId, []]));
  let larger = partitions - share * staying.size;
  const room: { readonly memberId: string; places: number }[] = [];
  for (const [memberId, own] of order) {
    const quota = share + (larger > 0 ? 1 : 0);
    larger -= 1;
    const kept = own.sort((a, b) => a - b).slice(0, quota);
    given.set(memberId, kept);
    room.push({ memberId, places: quota - kept.length });
  }
  // What is over a quota stays with nobody for now; what nobody has goes where there is room.
  for (let partition = 0; partition < partitions; partition += 1) {
    if (owners.has(partition)) continue;
    const taker = room.find(({ places }) => places > 0);
    if (taker === undefined) break;
    taker.places -= 1;
    given.get(taker.memberId)?.push(partition);
  }
  return given;
}

function currentOwners(members: readonly Claimant[], partitions: number): Map<number, string> {
  const owners = new Map<number, Claimant>();
  for (const member of members) {
    for (const partition of member.owned) {
      if (partition < 0 || partition >= partitions) continue;
      const other = owners.get(partition);
      if (other === undefined || isNewer(member, other)) owners.set(partition, member);
    }
  }
  return new Map([...owners].map(([partition, { memberId }]) => [partition, memberId]));
}

const isNewer = (a: Claimant, b: Claimant) =>
  a.generation > b.generation || (a.generation === b.generation && a.memberId < b.memberId);
