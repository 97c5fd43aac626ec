/** `p` from 0 to 100, by the nearest rank. NaN of nothing. */
export function percentile(values: ArrayLike<number>, p: number): number {
  return ranked(Float64Array.from(values).sort(), p);
}

export const median = (values: ArrayLike<number>): number => percentile(values, 50);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  /** The worst. */
  readonly max: number;
}

export function spread(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  return { p50: ranked(sorted, 50), p99: ranked(sorted, 99), max: ranked(sorted, 100) };
}

function ranked(sorted: Float64Array, p: number): number {
  const at = Math.ceil((sorted.length * p) / 100) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, at))] ?? Number.NaN;
}
