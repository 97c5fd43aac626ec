import type { Receipt } from './ledger-receiver.ts';

const tenantOf = ({ path }: Receipt): string => path.split('/')[1] ?? '';

/** Who sent last for each tenant: where each tenant has a partition of its own, who owns which. */
export function owners(receipts: readonly Receipt[]): ReadonlyMap<string, number> {
  return new Map(receipts.map((receipt) => [tenantOf(receipt), receipt.by]));
}

/** How many tenants each process sends for. */
export function shares(receipts: readonly Receipt[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const by of owners(receipts).values()) counts.set(by, (counts.get(by) ?? 0) + 1);
  return counts;
}

/** The processes that sent for each tenant, one after the other; one that comes back is named again. */
export function successions(receipts: readonly Receipt[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const receipt of receipts) {
    const of = found.get(tenantOf(receipt)) ?? [];
    found.set(tenantOf(receipt), of);
    if (of.at(-1) !== receipt.by) of.push(receipt.by);
  }
  return found;
}
