import type { HeapProfiler, Profiler } from 'node:inspector';
import { sourceOf } from './source-of.ts';

/** What one place in the code took by itself, of what was sampled. */
export interface SelfShare {
  readonly place: string;
  readonly amount: number;
}

export interface Shares {
  readonly unit: 'ms' | 'KiB';
  readonly total: number;
  /** Largest first. */
  readonly shares: readonly SelfShare[];
}

interface Frame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

export type Grouping = 'function' | 'module';

/** Of a CPU profile: self time, without time in which nothing ran. */
export function cpuShares(profile: Profiler.Profile, by: Grouping): Shares {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const sums = new Map<string, number>();
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    // A delta ends with its sample.
    add(sums, placeOf(frame, by), (profile.timeDeltas?.[at + 1] ?? 0) / 1_000);
  }
  return sorted(sums, 'ms');
}

/** Of an allocation profile: bytes allocated there, collected since or not. */
export function heapShares(profile: HeapProfiler.SamplingHeapProfile, by: Grouping): Shares {
  const sums = new Map<string, number>();
  const visit = (node: HeapProfiler.SamplingHeapProfileNode): void => {
    if (node.selfSize > 0) add(sums, placeOf(node.callFrame, by), node.selfSize / 1_024);
    node.children.forEach(visit);
  };
  visit(profile.head);
  return sorted(sums, 'KiB');
}

function placeOf(frame: Frame, by: Grouping): string {
  const name = frame.functionName === '' ? '(anonymous)' : frame.functionName;
  if (frame.url === '') return name;
  const { file, line } = sourceOf(frame.url, frame.lineNumber, frame.columnNumber);
  if (by === 'function') return `${name} ${file}:${line}`;
  const [, scope] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return scope ?? file;
}

function add(sums: Map<string, number>, place: string, amount: number): void {
  sums.set(place, (sums.get(place) ?? 0) + amount);
}

function sorted(sums: ReadonlyMap<string, number>, unit: Shares['unit']): Shares {
  const shares = [...sums]
    .map(([place, amount]) => ({ place, amount }))
    .toSorted((a, b) => b.amount - a.amount);
  return { unit, total: shares.reduce((sum, { amount }) => sum + amount, 0), shares };
}
