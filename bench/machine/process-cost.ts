import { readFile } from 'node:fs/promises';

/** What the processes of one role have used. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly writtenBytes: number;
  readonly residentBytes: number;
}

export type CostByRole = ReadonlyMap<string, Cost>;

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** All descendants of this process by what they are, as Linux's /proc tells it; empty elsewhere. */
export async function costByRole(): Promise<CostByRole> {
  const costs = new Map<string, Cost>();
  for (const { pid, role } of await descendants(process.pid, undefined)) {
    if (role === undefined) continue;
    const own = await costOf(pid);
    const sum = costs.get(role);
    costs.set(role, {
      cpuSeconds: own.cpuSeconds + (sum?.cpuSeconds ?? 0),
      writtenBytes: own.writtenBytes + (sum?.writtenBytes ?? 0),
      residentBytes: own.residentBytes + (sum?.residentBytes ?? 0),
    });
  }
  return costs;
}

/** What was used between two looks; memory as it stands at the second. */
export function costBetween(before: CostByRole, after: CostByRole): CostByRole {
  return new Map(
    [...after].map(([role, cost]) => {
      const earlier = before.get(role);
      return [
        role,
        {
          cpuSeconds: cost.cpuSeconds - (earlier?.cpuSeconds ?? 0),
          writtenBytes: cost.writtenBytes - (earlier?.writtenBytes ?? 0),
          residentBytes: cost.residentBytes,
        },
      ];
    }),
  );
}

/** Undefined: a peer of the benchmark, which is nobody's cost. */
function roleOf(commandLine: string, parent: string | undefined): string | undefined {
  // Its children call themselves what they like.
  if (parent?.endsWith('postgres') === true) return parent;
  const [, app] = /dist\/apps\/(\w+)\/main\.js/.exec(commandLine) ?? [];
  if (app !== undefined) return app;
  const [, part] = /bench\/bare-loop\/(\w+)\.ts/.exec(commandLine) ?? [];
  if (part !== undefined) return `bare ${part}`;
  if (commandLine.includes('kafka.Kafka')) return 'broker';
  if (/bin\/postgres\0/.test(commandLine)) return parent === undefined ? 'postgres' : `${parent} postgres`;
  return undefined;
}

async function costOf(pid: number): Promise<Cost> {
  const [stat, io] = await Promise.all([text(`/proc/${pid}/stat`), text(`/proc/${pid}/io`)]);
  // After the name, which may hold anything: state is the third field, utime to cstime are the 14th to 17th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0);
  return {
    cpuSeconds: ticks / TICKS_PER_SECOND,
    writtenBytes: Number(/write_bytes: (\d+)/.exec(io)?.[1] ?? 0),
    residentBytes: Number(fields[21] ?? 0) * PAGE_BYTES,
  };
}

async function descendants(
  pid: number,
  parent: string | undefined,
): Promise<{ readonly pid: number; readonly role: string | undefined }[]> {
  const children = (await text(`/proc/${pid}/task/${pid}/children`))
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const below = await Promise.all(
    children.map(async (child) => {
      const role = roleOf(await text(`/proc/${child}/cmdline`), parent);
      return [{ pid: child, role }, ...(await descendants(child, role))];
    }),
  );
  return below.flat();
}

const text = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
