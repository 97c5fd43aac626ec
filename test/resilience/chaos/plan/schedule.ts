import type { Command } from './commands.ts';
import { planCommands } from './commands.ts';
import { describeFault, planFaults, type ChaosOptions, type Fault } from './faults.ts';
import { planWorld, type PlannedTenant } from './world.ts';

/** Everything about a run that can be decided before it: a pure function of the options. */
export interface Schedule {
  readonly options: ChaosOptions;
  readonly world: readonly PlannedTenant[];
  readonly faults: readonly Fault[];
  readonly commands: readonly Command[];
}

export function planRun(options: ChaosOptions): Schedule {
  const { seed, minutes } = options;
  const world = planWorld(seed);
  return { options, world, faults: planFaults(options), commands: planCommands(seed, world, minutes) };
}

/** For people: what happens when, one line each. */
export function timelineOf({ faults, commands, world }: Schedule): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kind } of commands) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const said = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const endpoints = world.reduce((sum, tenant) => sum + tenant.endpoints.length, 0);
  return [
    `${world.length} tenants with ${endpoints} endpoints; ${commands.length} commands: ${said}`,
    ...faults.map((fault) => `+${(fault.at / 1_000).toFixed(1).padStart(6)} s  ${describeFault(fault)}`),
  ];
}
