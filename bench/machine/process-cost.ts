import { readFile } from 'node:fs/promises';
import { descendants, type Descendant } from './descendants.ts';
import { writtenByBroker, writtenByPostgres } from './written-bytes.ts';

/** What the processes of one role have used. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly writtenBytes: number;
  readonly residentBytes: number;
}

export type CostByRole = ReadonlyMap<string, Cost>;

const NOTHING: Cost = { cpuSeconds: 0, writtenBytes: 0, residentBytes: 0 };
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** All descendants of this process by what they are, as Linux's /proc tells it; empty elsewhere. */
export async function costByRole(): Promise<CostByRole> {
  const costs = new Map<string, Cost>();
  for (const found of descendants()) {
    const role = roleOf(found);
    if (role !== undefined) costs.set(role, sum(costs.get(role), await costOf(found, role)));
  }
  return costs;
}

/** What was used between two looks; memory as it stands at the second. */
export function costBetween(before: CostByRole, after: CostByRole): CostByRole {
  return new Map(
    [...after].map(([role, cost]) => {
      const earlier = before.get(role) ?? NOTHING;
      const cpuSeconds = cost.cpuSeconds - earlier.cpuSeconds;
      const writtenBytes = cost.writtenBytes - earlier.writtenBytes;
      return [role, { cpuSeconds, writtenBytes, residentBytes: cost.residentBytes }];
    }),
  );
}

const sum = (one: Cost = NOTHING, other: Cost): Cost => ({
  cpuSeconds: one.cpuSeconds + other.cpuSeconds,
  writtenBytes: one.writtenBytes + other.writtenBytes,
  residentBytes: one.residentBytes + other.residentBytes,
});

/** Undefined: nothing that is measured. */
function roleOf({ commandLine, parent }: Descendant): string | undefined {
  const above = parent === undefined ? undefined : roleOf(parent);
  // Its children call themselves what they like.
  if (above?.endsWith('postgres') === true) return above;
  const [, app] = /dist\/apps\/(\w+)\/main\.js/.exec(commandLine) ?? [];
  if (app !== undefined) return app;
  const [, part] = /bench\/bare-loop\/(\w+)\.ts/.exec(commandLine) ?? [];
  if (part !== undefined) return `bare ${part}`;
  const [, peer] = /bench\/(\w+)-process\.ts/.exec(commandLine) ?? [];
  if (peer !== undefined) return peer;
  if (commandLine.includes('kafka.Kafka')) return 'broker';
  if (commandLine.includes('bin/postgres\0')) return above === undefined ? 'postgres' : `${above} postgres`;
  return undefined;
}

async function costOf({ pid, commandLine }: Descendant, role: string): Promise<Cost> {
  const stat = await text(`/proc/${pid}/stat`);
  // After the name, which may hold anything: state is the third field, utime to cstime are the 14th to 17th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((all, at) => all + Number(fields[at] ?? 0), 0);
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    writtenBytes: await writtenBy(pid, role, commandLine),
    residentBytes: Number(fields[21] ?? 0) * PAGE_BYTES,
  };
}

/** The others keep nothing. */
async function writtenBy(pid: number, role: string, commandLine: string): Promise<number> {
  if (role.endsWith('postgres')) return writtenByPostgres(pid);
  return role === 'broker' ? writtenByBroker(commandLine) : 0;
}

const text = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
