import { partitionOf } from '#log';
import { Seeded, hashOf } from '../../../support/seeded.ts';
import { contractFacts, contractNames, type ContractName } from './contract-facts.ts';

/**
 * How an endpoint's receiver answers: `steady` well and at once, always; `moody` well or badly, by the hour; `dead` never well;
 * `hanging` mostly not at all; `gone` with 410 now and then; `flaky` badly at the first attempt now and then.
 */
export const characters = ['steady', 'moody', 'dead', 'hanging', 'gone', 'flaky'] as const;
export type Character = (typeof characters)[number];

export interface PlannedEndpoint {
  readonly tenant: string;
  /** Last part of its path, `/<tenant>/<name>`: one endpoint in all of a run. */
  readonly name: string;
  readonly character: Character;
  /** Types it wants; empty: all. */
  readonly events: readonly string[];
  /** Undefined: the tenant's signs. */
  readonly secret: string | undefined;
}

export interface PlannedTenant {
  readonly id: string;
  readonly contract: ContractName;
  /** Where the contract signs with the tenant's. */
  readonly secret: string | undefined;
  readonly endpoints: readonly PlannedEndpoint[];
}

export const PARTITIONS = 8;
const TENANTS = 10;

/** Two tenants of each contract, and one at least on each partition; the first of each contract has a receiver that hangs. */
export function planWorld(seed: number): readonly PlannedTenant[] {
  const random = Seeded.for(seed, 'world');
  const taken = new Set<string>();
  return Array.from({ length: TENANTS }, (_, at) => {
    const contract = contractNames[at % contractNames.length] ?? 'hypertune';
    const id = nameOn(at % PARTITIONS, taken);
    const facts = contractFacts[contract];
    const secret = facts.tenantSecret ? secretOf(seed, id, 0) : undefined;
    const endpoint = (name: string, character: Character, events: readonly string[]): PlannedEndpoint => ({
      tenant: id,
      name,
      character,
      events,
      secret: facts.tenantSecret ? undefined : secretOf(seed, `${id}/${name}`, 0),
    });
    const [main, second, rare] = facts.types;
    const isFirst = at < contractNames.length;
    return {
      id,
      contract,
      secret,
      endpoints: [
        endpoint('steady', 'steady', [main, second]),
        endpoint('moody', 'moody', random.chance(0.5) ? [] : [main, second]),
        endpoint('other', otherOf(contract, isFirst), [second]),
        endpoint('churn', 'flaky', isFirst ? [] : [main, rare]),
      ],
    };
  });
}

/** A lane that hangs for 30 s an attempt (Hyprwatch) would have its run outlast the plan: that one is dead instead. */
function otherOf(contract: ContractName, isFirst: boolean): Character {
  if (contract === 'standard-webhooks') return isFirst ? 'gone' : 'hanging';
  if (contract === 'hyprwatch') return 'dead';
  return isFirst ? 'hanging' : 'dead';
}

/** The n-th secret of an endpoint or tenant: in the form that every contract takes. */
export function secretOf(seed: number, of: string, n: number): string {
  const words = Array.from({ length: 8 }, (_, word) => hashOf(seed, of, n, word));
  const bytes = Buffer.alloc(32);
  for (const [at, word] of words.entries()) bytes.writeUInt32BE(word, at * 4);
  return `whsec_${bytes.toString('base64')}`;
}

function nameOn(partition: number, taken: Set<string>): string {
  for (let n = 0; ; n += 1) {
    const name = `chaos${n}`;
    if (taken.has(name) || partitionOf(name, PARTITIONS) !== partition) continue;
    taken.add(name);
    return name;
  }
}
