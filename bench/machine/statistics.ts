/** `p` from 0 to 100, by the nearest rank. NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((sorted.length * p) / 100) - 1))] ?? Number.NaN
  );
}

export const median = (values: readonly number[]): number => percentile(values, 50);
