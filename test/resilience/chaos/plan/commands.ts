import { Seeded } from '../../../support/seeded.ts';
import { contractFacts } from './contract-facts.ts';
import { characters, type Character, type PlannedTenant } from './world.ts';

interface Planned {
  /** Ms since the run began. */
  readonly at: number;
  readonly tenant: string;
  /** Of an endpoint, by its name. */
  readonly name: string;
}

/** What somebody asks of the API in the middle of it all. */
export type Command = Planned &
  (
    | { readonly kind: 'create'; readonly character: Character; readonly events: readonly string[] }
    | { readonly kind: 'patch-url' | 'rotate' | 'tenant-secret'; readonly version: number }
    | { readonly kind: 'patch-events'; readonly events: readonly string[] }
    | { readonly kind: 'enable'; readonly held: 'release' | 'discard' | 'keep' }
    /** `share`: which of the events accepted so far is sent again, 0 the first, 1 the last. */
    | { readonly kind: 'retry'; readonly share: number }
    | { readonly kind: 'disable' | 'delete' | 'test' | 'list' | 'race' | 'poison' }
  );

const kinds = {
  create: 2,
  'patch-url': 4,
  'patch-events': 3,
  rotate: 8,
  'tenant-secret': 3,
  enable: 8,
  disable: 3,
  delete: 1,
  retry: 12,
  test: 2,
  list: 4,
  race: 4,
  poison: 1,
} as const;

const EXTRA = 24;
const heldChoices = { release: 4, discard: 1, keep: 1 } as const;
/** These change what is delivered at all; whoever must get everything is left alone by them. */
const disruptive: readonly string[] = ['patch-events', 'disable', 'delete'];

/** All commands of a run, in their order. */
export function planCommands(
  seed: number,
  world: readonly PlannedTenant[],
  minutes: number,
): readonly Command[] {
  const random = Seeded.for(seed, 'commands');
  const commands: Command[] = [];
  const extra: { tenant: string; name: string }[] = [];
  let version = 1;
  for (let at = 1_000; at < minutes * 60_000; at += random.between(150, 900)) {
    const kind = random.weighted(kinds);
    const tenant = random.pick(world);
    const { types, tenantSecret } = contractFacts[tenant.contract];
    const settled = disruptive.includes(kind) ? ['churn'] : ['steady', 'moody', 'other', 'churn'];
    const names = [...settled, ...extra.filter((one) => one.tenant === tenant.id).map(({ name }) => name)];
    const planned = { at, tenant: tenant.id, name: random.pick(names) };
    const events = random.chance(0.5) ? [] : [random.pick(types)];
    const held = random.weighted(heldChoices);
    const share = random.next();
    const character = random.pick(characters.filter((one) => one !== 'steady' && one !== 'hanging'));
    version += 1;
    if (kind === 'create') {
      if (extra.length >= EXTRA) continue;
      const name = `extra-${extra.length}`;
      extra.push({ tenant: tenant.id, name });
      commands.push({ ...planned, kind, name, character, events });
    } else if (kind === 'delete') {
      // Of those that came in mid-run: each of the others is there to the end.
      if (planned.name === 'churn') continue;
      commands.push({ ...planned, kind });
    } else if (kind === 'rotate' || kind === 'tenant-secret') {
      commands.push({ ...planned, kind: tenantSecret ? 'tenant-secret' : 'rotate', version });
    } else if (kind === 'patch-url') commands.push({ ...planned, kind, version });
    else if (kind === 'patch-events') commands.push({ ...planned, kind, events });
    else if (kind === 'enable') commands.push({ ...planned, kind, held });
    else if (kind === 'retry') commands.push({ ...planned, kind, share });
    else commands.push({ ...planned, kind });
  }
  return commands;
}

/** What becomes of endpoints that are disabled when the faults are over: some stay so. */
export function finalChoice(
  seed: number,
  tenant: string,
  name: string,
): 'release' | 'discard' | 'keep' | undefined {
  const random = Seeded.for(seed, `final ${tenant}/${name}`);
  return random.chance(0.2) ? undefined : random.weighted({ release: 3, discard: 1, keep: 1 });
}
